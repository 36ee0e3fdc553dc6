'use strict';

const firstQuery = `# The market's products, with the operator that offers each.
# Run it with the button above or with Ctrl-Enter.
query FirstProducts {
  products(first: 5) {
    nodes {
      id
      title
      operator {
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`;

ReactDOM.createRoot(document.getElementById('explorer')).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: '/graphql' }),
    defaultQuery: firstQuery,
    defaultEditorToolsVisibility: true,
  }),
);
