// Mutations of a Relay program: what comes back of a draft is shown wherever it stands.
import { graphql } from 'relay-runtime';

graphql`
  query draftsQuery($id: ID!) {
    productDraft(id: $id) { id ...drafts_draft }
  }
`;
graphql`
  fragment drafts_draft on ProductDraft @refetchable(queryName: "draftsAgain") {
    version
    status
    title { value }
    problems { ...drafts_problem @relay(mask: false) }
    allowedActions
  }
`;
graphql`
  fragment drafts_problem on UserError {
    __typename
    code
    message
    path
    ... on VersionConflictError { currentVersion }
    ... on OutsideScopeError { authorization { number } offending { id } }
  }
`;
graphql`
  mutation draftsUpdateMutation($input: ProductDraftUpdateInput!) {
    productDraftUpdate(input: $input) {
      productDraft { ...drafts_draft }
      userErrors { ...drafts_problem @relay(mask: false) }
    }
  }
`;
graphql`
  mutation draftsDiscardMutation($input: ProductDraftDiscardInput!) {
    productDraftDiscard(input: $input) {
      userErrors { code message path }
    }
  }
`;
graphql`
  subscription draftsSubscription($after: String, $filter: EventFilter) {
    events(after: $after, filter: $filter) {
      cursor
      type
      subject { ...drafts_draft @alias(as: "draft") }
    }
  }
`;
