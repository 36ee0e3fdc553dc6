'use strict';

const firstQuery = `# Public data products: who offers them,
# by which right, from which data, at what price.
#
# Run: the button, or Ctrl-Enter.
# Look up: the panel at the left describes all.
# Help while typing: Ctrl-Space inside braces.
query FirstProducts {
  # Lists are paged: up to 100 at a time. For the
  # next page add after: with this one's endCursor.
  products(
    first: 3
    orderBy: { field: TITLE, direction: ASC }
  ) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id
      # In English where a translation is known.
      title(locale: "en") { value isFallback }
      purposeClass
      # Who offers it, and by which right.
      operator { name(locale: "en") { value } }
      authorization { number mode state }
      # What it is made from.
      resources(first: 2) {
        nodes { resource { title { value } } }
      }
      # What it costs: exact amounts, as texts.
      tariffs {
        unit
        freeOfCharge
        tiers {
          fromQuantity
          unitPrice { amount currency }
        }
      }
    }
    # How many products each choice would leave.
    facets(keys: [PURPOSE_CLASS]) {
      buckets { value count }
    }
  }
}
`;

ReactDOM.createRoot(document.getElementById('explorer')).render(
  React.createElement(
    GraphiQL,
    {
      fetcher: GraphiQL.createFetcher({ url: '/graphql' }),
      defaultQuery: firstQuery,
      // The first query has no variables; the bar at the bottom opens them.
      defaultEditorToolsVisibility: false,
      visiblePlugin: 'Documentation Explorer',
    },
    React.createElement(GraphiQL.Logo, null, 'Fairground'),
  ),
);
