// Apollo Client: what is read once is kept by its id, and pages grow into one list.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { ApolloClient, HttpLink, gql } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { apolloCache } from './apollo-cache.js';
import { counting, firstProducts, schema, suspending, until, url } from './server.js';

function connect(change) {
  const { requests, fetch } = counting(change);
  const client = new ApolloClient({ link: new HttpLink({ uri: url, fetch }), cache: apolloCache(schema) });
  return { client, requests };
}

const PAGE = gql`
  query Page($first: Int, $after: String) {
    products(first: $first, after: $after, orderBy: { field: TITLE, direction: ASC }) {
      edges { node { id status title { value } operator { id name { value } } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;
const ONE = gql`
  query One($id: ID!) { product(id: $id) { id status title { value } operator { id name { value } } } }
`;

test('Apollo Client: a product that a list showed is answered by its id from the cache', async () => {
  const { client, requests } = connect();
  const { data } = await client.query({ query: PAGE, variables: { first: 3 } });
  const shown = data.products.edges[1].node;

  const again = await client.query({ query: ONE, variables: { id: shown.id } });

  assert.deepEqual(again.data.product, shown);
  assert.equal(requests.length, 1);
});

test('Apollo Client: what a second query reads of an object joins what the first one read', async () => {
  const { client, requests } = connect();
  const { data } = await client.query({ query: PAGE, variables: { first: 2 } });
  const { id } = data.products.edges[0].node;
  const more = gql`
    query More($id: ID!) { product(id: $id) { id code title { locale } operator { id code } } }
  `;
  await client.query({ query: more, variables: { id } });
  assert.equal(requests.length, 2);

  const both = gql`
    query Both($id: ID!) { product(id: $id) { id code status title { value locale } operator { id code name { value } } } }
  `;
  const { data: joined } = await client.query({ query: both, variables: { id } });

  assert.equal(requests.length, 2);
  assert.equal(joined.product.title.value, data.products.edges[0].node.title.value);
  assert.ok(joined.product.title.locale && joined.product.operator.code);
});

test('Apollo Client: a list that is shown follows what a later answer says of one of its objects', async () => {
  const { client, requests } = connect(suspending);
  const lists = [];
  const watching = client.watchQuery({ query: PAGE, variables: { first: 2 } }).subscribe(({ data, dataState }) => {
    if (dataState === 'complete') lists.push(data.products.edges.map(({ node }) => node.status));
  });
  await until(() => lists.length > 0);
  const [, second] = await firstProducts(2);

  await client.query({ query: ONE, variables: { id: second }, fetchPolicy: 'network-only' });
  await until(() => lists.length > 1);
  watching.unsubscribe();

  assert.deepEqual(lists, [['PUBLISHED', 'PUBLISHED'], ['PUBLISHED', 'SUSPENDED']]);
  assert.equal(requests.length, 2);
});

test('Apollo Client: pages grow into one list, in order and without doubles', async () => {
  const { client, requests } = connect();
  const list = client.watchQuery({ query: PAGE, variables: { first: 20 } });
  const shown = [];
  const reading = list.subscribe(({ data, dataState }) => dataState === 'complete' && shown.push(data.products));
  await until(() => shown.length === 1);
  for (let page = 2; page <= 3; page++) {
    await list.fetchMore({ variables: { after: shown.at(-1).pageInfo.endCursor } });
    await until(() => shown.at(-1).edges.length >= 20 * page);
  }
  reading.unsubscribe();
  const { edges, pageInfo } = shown.at(-1);

  assert.deepEqual(edges.map(({ node }) => node.id), await firstProducts(60));
  assert.equal(pageInfo.hasNextPage, true);
  assert.equal(requests.length, 3);
});

test('Apollo Client: lists of other filters, and of other objects, stay apart', async () => {
  const { client } = connect();
  const apart = gql`
    query Apart($class: PurposeClass!) {
      products(first: 2, filter: { purposeClass: [$class] }) { edges { node { id purposeClass } } }
      operators(first: 3) { edges { node { id products(first: 1) { edges { node { id operator { id } } } } } } }
    }
  `;
  const classes = ['PUBLIC_GOVERNANCE', 'INDUSTRY'];
  for (const wanted of classes) {
    await client.query({ query: apart, variables: { class: wanted } });
  }
  for (const wanted of classes) {
    const { data } = await client.query({ query: apart, variables: { class: wanted }, fetchPolicy: 'cache-only' });
    assert.ok(data.products.edges.length > 0, wanted);
    assert.ok(data.products.edges.every(({ node }) => node.purposeClass === wanted), wanted);
    for (const { node: operator } of data.operators.edges) {
      assert.ok(operator.products.edges.every(({ node }) => node.operator.id === operator.id));
    }
  }
});

test('Apollo Client: a past moment is read beside the cache', async () => {
  const { client, requests } = connect();
  const [id] = await firstProducts(1);
  const { data: now } = await client.query({ query: ONE, variables: { id } });
  const past = gql`
    query Past($id: ID!, $asOf: DateTime!) { product(id: $id, asOf: $asOf) { id } }
  `;

  const before = await client.query({
    query: past,
    variables: { id, asOf: '2001-01-01T00:00:00Z' },
    fetchPolicy: 'no-cache',
  });
  const still = await client.query({ query: ONE, variables: { id } });

  assert.equal(before.data.product, null);
  assert.deepEqual(still.data, now);
  assert.equal(requests.length, 2);
});

test('Apollo Client: a persisted query is sent once in full and then by its hash, by GET', async () => {
  const { requests, fetch } = counting();
  const sha256 = (text) => createHash('sha256').update(text).digest('hex');
  const hashed = new PersistedQueryLink({ sha256, useGETForHashedQueries: true });
  const link = hashed.concat(new HttpLink({ uri: url, fetch }));
  const client = new ApolloClient({ link, cache: apolloCache(schema) });
  // A name of its own, so that the server cannot know it from a run before.
  const fresh = gql`query ${'Fresh' + Date.now()} { products(first: 1) { edges { node { id } } } }`;

  for (let time = 0; time < 2; time++) {
    const { data } = await client.query({ query: fresh, fetchPolicy: 'network-only' });
    assert.equal(data.products.edges.length, 1);
  }

  const inFull = ({ address, body }) => /[?&]query=/.test(address) || /"query"/.test(body ?? '');
  const sent = requests.map((request) => `${request.method} ${inFull(request) ? 'full' : 'hash'}`);
  assert.deepEqual(sent, ['GET hash', 'POST full', 'GET hash']);
});

test('Apollo Client: an error has its code where Apollo Client looks for it', async () => {
  const { client } = connect();
  const result = await client.query({
    query: gql`{ products(first: 101) { totalCount } }`,
    errorPolicy: 'all',
  });
  assert.match(result.error.errors[0].extensions.code, /^[A-Z_]+$/);
});
