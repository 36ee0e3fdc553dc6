// What a Relay program asks: relay-compiler checks it against the published schema and makes artifacts of it.
import { graphql } from 'relay-runtime';

graphql`
  query catalogueQuery($operator: ID!, $count: Int!) {
    organization(id: $operator) {
      id
      ...catalogue_operator @arguments(count: $count)
    }
  }
`;

// A list below an object: the next page is read through node(id:).
graphql`
  fragment catalogue_operator on Organization
  @refetchable(queryName: "catalogueOperatorPage")
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
    products(first: $count, after: $cursor, orderBy: { field: TITLE, direction: ASC })
      @connection(key: "catalogue_operator_products") {
      edges {
        node {
          id
          title { value }
          ...catalogue_product
        }
      }
    }
  }
`;

// An object of an interface that is read anew by its id.
graphql`
  fragment catalogue_product on Product @refetchable(queryName: "catalogueProductAgain") {
    status
    operator { name { value } }
    ... on DataProduct { grade }
    ... on ServiceCapability { capabilityKind }
  }
`;

// A list of the root, one for each filter.
graphql`
  query catalogueSearchQuery($text: String, $count: Int!) {
    ...catalogue_search @arguments(text: $text, count: $count)
  }
`;
graphql`
  fragment catalogue_search on Query
  @refetchable(queryName: "catalogueSearchPage")
  @argumentDefinitions(
    text: { type: "String" }
    count: { type: "Int", defaultValue: 10 }
    cursor: { type: "String" }
  ) {
    products(first: $count, after: $cursor, filter: { text: $text })
      @connection(key: "catalogue_search_products", filters: ["filter"]) {
      totalCount
      edges {
        highlights { text ranges { from to } }
        node { id title { value } }
      }
    }
  }
`;
