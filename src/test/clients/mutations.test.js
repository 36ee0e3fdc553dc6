// Mutations: who may not is told a code, what stands against a change is in userErrors, and caches follow what was done.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { ApolloClient, HttpLink, gql } from '@apollo/client';
import { Client, fetchExchange } from '@urql/core';
import { apolloCache } from './apollo-cache.js';
import { change, institution, listed, operator, signedIn } from './market.js';
import { ask, counting, schema, until, url } from './server.js';
import { urqlCache } from './urql-cache.js';

const CREATE = gql`
  mutation Create($input: ProductDraftCreateInput!) {
    productDraftCreate(input: $input) {
      productDraft { id version title { value } }
      userErrors { code message path }
    }
  }
`;
const UPDATE = gql`
  mutation Update($input: ProductDraftUpdateInput!) {
    productDraftUpdate(input: $input) {
      productDraft { id version title { value } }
      userErrors { __typename code message path ... on VersionConflictError { currentVersion } }
    }
  }
`;
const DISCARD = gql`
  mutation Discard($input: ProductDraftDiscardInput!) {
    productDraftDiscard(input: $input) { userErrors { code message path } }
  }
`;
const DRAFTS = gql`
  query Drafts($code: String!) {
    productDrafts(first: 20, filter: { code: { eq: $code } }) {
      edges { cursor node { id version title { value } } }
      pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
    }
  }
`;
const TOKEN = gql`
  mutation Token($input: ApiTokenCreateInput!) {
    apiTokenCreate(input: $input) { apiToken { id version } secretOnce userErrors { code message path } }
  }
`;

/** Each client with one way to call for all: { data, errors }, and watch(variables, show) of the list of drafts. */
const clients = {
  'Apollo Client': (headers) => {
    const { requests, fetch } = counting();
    const client = new ApolloClient({ link: new HttpLink({ uri: url, fetch, headers }), cache: apolloCache(schema) });
    const told = ({ data, error }) => ({ data, errors: error?.errors });
    return {
      requests,
      mutate: async (mutation, input) => told(await client.mutate({ mutation, variables: { input }, errorPolicy: 'all' })),
      discard: async (input) => {
        const update = (cache, { data }) => {
          if (data.productDraftDiscard.userErrors.length === 0) cache.evict({ id: input.id });
        };
        return told(await client.mutate({ mutation: DISCARD, variables: { input }, update }));
      },
      watch: (variables, show) => {
        const list = client.watchQuery({ query: DRAFTS, variables });
        return list.subscribe(({ data, dataState }) => dataState === 'complete' && show(data.productDrafts.edges));
      },
    };
  },
  urql: (headers) => {
    const { requests, fetch } = counting();
    const exchanges = [urqlCache({ __schema: schema }), fetchExchange];
    const client = new Client({ url, fetch, exchanges, fetchOptions: { headers } });
    const mutate = async (mutation, input) => {
      const { data, error } = await client.mutation(mutation, { input }).toPromise();
      return { data, errors: error?.graphQLErrors };
    };
    return {
      requests,
      mutate,
      discard: (input) => mutate(DISCARD, input),
      watch: (variables, show) =>
        client.query(DRAFTS, variables).subscribe(({ data, stale }) => data && !stale && show(data.productDrafts.edges)),
    };
  },
};

const inChinese = (value) => ({ title: [{ locale: 'zh', value }] });
const newDraft = (code) => ({
  operatorId: operator.id,
  code,
  kind: 'DATA_PRODUCT',
  content: inChinese('before'),
  idempotencyKey: code,
});

for (const [name, connect] of Object.entries(clients)) {
  test(`${name} is told why a mutation is refused to a caller without a token`, async () => {
    const { errors } = await connect({}).mutate(UPDATE, { id: `pd_${'0'.repeat(32)}`, expectedVersion: 1 });
    assert.equal(errors?.[0].extensions.code, 'UNAUTHENTICATED');
  });

  test(`${name} is told by FORBIDDEN what a token has no scope for`, signedIn, async () => {
    const { errors } = await connect(institution.headers).mutate(CREATE, { idempotencyKey: randomUUID() });
    assert.equal(errors?.[0].extensions.code, 'FORBIDDEN');
  });

  test(`${name} finds the rules that a draft breaks in userErrors`, signedIn, async () => {
    const { data, errors } = await connect(operator.headers).mutate(CREATE, { idempotencyKey: randomUUID() });
    const { productDraft, userErrors } = data.productDraftCreate;
    assert.equal(errors, undefined);
    assert.equal(productDraft, null);
    assert.ok(userErrors.length > 0 && userErrors.every((broken) => broken.code && broken.message && broken.path));
  });

  test(`${name}: a list of drafts follows a change, a conflict and the end of one`, signedIn, async () => {
    const { mutate, discard, watch, requests } = connect(operator.headers);
    const code = `CLIENTS-${randomUUID()}`;
    const { data: made } = await mutate(CREATE, newDraft(code));
    const { id, version } = made.productDraftCreate.productDraft;
    const lists = [];
    const watching = watch({ code }, (edges) => lists.push(edges.map(({ node }) => node.title.value)));
    await until(() => lists.length === 1);

    const changed = { id, expectedVersion: version, content: inChinese('after') };
    const { data: done } = await mutate(UPDATE, changed);
    await until(() => lists.length === 2);
    const { data: late } = await mutate(UPDATE, { ...changed, content: inChinese('late') });
    const asked = requests.length;
    const current = done.productDraftUpdate.productDraft.version;
    const { data: gone } = await discard({ id, expectedVersion: current });
    await until(() => lists.at(-1).length === 0);
    watching.unsubscribe();

    assert.deepEqual(done.productDraftUpdate.userErrors, []);
    const [conflict] = late.productDraftUpdate.userErrors;
    assert.equal(late.productDraftUpdate.productDraft, null);
    assert.equal(conflict.__typename, 'VersionConflictError');
    assert.equal(conflict.code, 'VERSION_CONFLICT');
    assert.equal(conflict.currentVersion, current);
    assert.deepEqual(gone.productDraftDiscard.userErrors, []);
    assert.deepEqual(lists, [['before'], ['after'], []]);
    assert.equal(asked, 4, 'the change was shown without asking for the list again');
  });

  test(`${name}: a call that is repeated with its key makes one token, whose secret is told once`, signedIn, async () => {
    const { mutate } = connect(operator.headers);
    const input = {
      organizationId: operator.id,
      name: 'a program',
      scopes: ['list:read'],
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      idempotencyKey: randomUUID(),
    };
    const { data: { apiTokenCreate: first } } = await mutate(TOKEN, input);
    const { data: { apiTokenCreate: again } } = await mutate(TOKEN, input);
    const { data: { apiTokenCreate: other } } = await mutate(TOKEN, { ...input, name: 'another' });
    const { viewer } = await ask('{ viewer { scopes } }', {}, { Authorization: `Bearer ${first.secretOnce}` });
    await change(operator, 'apiTokenRevoke', { id: first.apiToken.id }, 'apiToken { id }');

    assert.deepEqual(viewer.scopes, ['list:read']);
    assert.deepEqual(again, { ...first, secretOnce: null });
    assert.equal(other.userErrors[0].code, 'IDEMPOTENCY_MISMATCH');
  });
}

test('an institution sees a draft once it is submitted, and returns it with its reasons', signedIn, async () => {
  const { authorization } = await listed(operator);
  const content = {
    ...inChinese('a draft'),
    summary: [{ locale: 'zh', value: 'what it is' }],
    authorization: authorization.id,
    resources: authorization.resources.nodes.map(({ resource }) => ({ resource: resource.id })),
    scenarios: authorization.scenarios.nodes.map(({ scenario }) => ({ scenario: scenario.id })),
    form: 'API',
    purposeClass: 'INDUSTRY',
    deliveries: ['API'],
  };
  const code = `CLIENTS-${randomUUID()}`;
  const draft = 'productDraft { id version status problems { message path } allowedActions }';
  const made = await change(operator, 'productDraftCreate', { ...newDraft(code), content }, draft);
  const { id } = made.productDraft;
  const reviewer = new Client({
    url,
    exchanges: [urqlCache({ __schema: schema }), fetchExchange],
    fetchOptions: { headers: institution.headers },
  });
  const READ = gql`query Read($id: ID!) { productDraft(id: $id) { id version status allowedActions } }`;
  const read = () => reviewer.query(READ, { id }, { requestPolicy: 'network-only' }).toPromise();
  const before = await read();
  const submitted = await change(operator, 'productDraftSubmit', { id, expectedVersion: 1 }, draft);
  const after = await read();
  const review = gql`
    mutation Review($input: ProductDraftReviewInput!) {
      productDraftReview(input: $input) { productDraft { id version status } userErrors { code message path } }
    }
  `;
  const input = { id, expectedVersion: after.data.productDraft.version, kind: 'SECURITY', passed: false, reasons: 'too open' };
  const reviewed = await reviewer.mutation(review, { input }).toPromise();
  const known = await reviewer.query(READ, { id }, { requestPolicy: 'cache-only' }).toPromise();
  const { version } = reviewed.data.productDraftReview.productDraft;
  await change(operator, 'productDraftDiscard', { id, expectedVersion: version }, 'productDraft { id }');

  assert.equal(before.error, undefined);
  assert.ok(!before.data?.productDraft);
  assert.equal(submitted.productDraft.status, 'UNDER_REVIEW');
  assert.ok(after.data.productDraft.allowedActions.includes('REVIEW'));
  assert.deepEqual(reviewed.data.productDraftReview.userErrors, []);
  assert.equal(known.data.productDraft.status, 'RETURNED');
});
