// A typed program that changes something: tsc knows each kind of what stands against it.
import { graphql } from '../generated/codegen/index.js';
import type { DraftPartsFragment, ProblemFragment, ProductDraftUpdateInput } from '../generated/codegen/graphql.js';
import { ask } from './offers.js';

graphql(`
  fragment DraftParts on ProductDraft {
    id
    version
    status
    title { value }
    problems { ...Problem }
    allowedActions
  }
`);
graphql(`
  fragment Problem on UserError {
    __typename
    code
    message
    path
    ... on VersionConflictError { currentVersion }
    ... on StateTransitionError { from allowed }
    ... on OutsideScopeError { authorization { number } offending { id } }
    ... on NotInForceError { authorization { number } state }
  }
`);
const updateDraft = graphql(`
  mutation UpdateDraft($input: ProductDraftUpdateInput!) {
    productDraftUpdate(input: $input) {
      productDraft { ...DraftParts }
      userErrors { ...Problem }
    }
  }
`);

/** What stands against a change, for people. New kinds may come: the message is good for each. */
export function told(problem: ProblemFragment): string {
  switch (problem.__typename) {
    case 'VersionConflictError':
      return `somebody else was quicker: it has version ${problem.currentVersion} now`;
    case 'StateTransitionError':
      return `it is ${problem.from}: ${problem.allowed.join(' or ')} can be done`;
    case 'OutsideScopeError':
      return `${problem.offending.length} outside ${problem.authorization.number}`;
    default:
      return `${problem.path.join('.')}: ${problem.message}`;
  }
}

/** Changes a draft; gives it as it is then, or what stands against the change. */
export async function update(
  url: string,
  token: string,
  input: ProductDraftUpdateInput,
): Promise<DraftPartsFragment | string[]> {
  const headers = { Authorization: `Bearer ${token}` };
  const { productDraftUpdate: done } = await ask(url, updateDraft, { input }, headers);
  return done.productDraft ?? done.userErrors.map(told);
}
