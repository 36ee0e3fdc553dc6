// urql with its normalised cache: what is read once is kept by its id, and pages grow into one list.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Client, fetchExchange, gql } from '@urql/core';
import { urqlCache } from './urql-cache.js';
import { counting, firstProducts, schema, suspending, until, url } from './server.js';

function connect(change) {
  const { requests, fetch } = counting(change);
  const client = new Client({ url, fetch, exchanges: [urqlCache({ __schema: schema }), fetchExchange] });
  const query = async (document, variables, context) => {
    const { data, error } = await client.query(document, variables, context).toPromise();
    assert.ifError(error);
    return data;
  };
  return { client, query, requests };
}

const PAGE = gql`
  query Page($first: Int, $after: String) {
    products(first: $first, after: $after, orderBy: { field: TITLE, direction: ASC }) {
      edges { cursor node { id status title { value } operator { id name { value } } } }
      pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
    }
  }
`;
const ONE = gql`
  query One($id: ID!) { product(id: $id) { id status title { value } operator { id name { value } } } }
`;

test('urql: a product that a list showed is answered by its id from the cache', async () => {
  const { query, requests } = connect();
  const shown = (await query(PAGE, { first: 3 })).products.edges[1].node;

  const again = await query(ONE, { id: shown.id });

  assert.deepEqual(again.product, shown);
  assert.equal(requests.length, 1);
});

test('urql: what a second query reads of an object joins what the first one read', async () => {
  const { query, requests } = connect();
  const { products } = await query(PAGE, { first: 2 });
  const { id, status, operator } = products.edges[0].node;
  const more = gql`
    query More($id: ID!) { product(id: $id) { id code operator { id code } } }
  `;
  const both = gql`
    query Both($id: ID!) { product(id: $id) { id code status operator { id code name { value } } } }
  `;
  await query(more, { id });
  assert.equal(requests.length, 2);

  const { product } = await query(both, { id });

  assert.equal(requests.length, 2);
  assert.equal(product.status, status);
  assert.deepEqual(product.operator.name, operator.name);
  assert.ok(product.code && product.operator.code);
});

test('urql: a list that is shown follows what a later answer says of one of its objects', async () => {
  const { client, query, requests } = connect(suspending);
  const lists = [];
  const watching = client
    .query(PAGE, { first: 2 })
    .subscribe(({ data }) => lists.push(data.products.edges.map(({ node }) => node.status)));
  await until(() => lists.length > 0);
  const [, second] = await firstProducts(2);

  await query(ONE, { id: second }, { requestPolicy: 'network-only' });
  await until(() => lists.length > 1);
  watching.unsubscribe();

  assert.deepEqual(lists, [['PUBLISHED', 'PUBLISHED'], ['PUBLISHED', 'SUSPENDED']]);
  assert.equal(requests.length, 2);
});

test('urql: pages grow into one list, in order and without doubles', async () => {
  const { query, requests } = connect();
  let { products } = await query(PAGE, { first: 20 });
  for (let page = 2; page <= 3; page++) {
    ({ products } = await query(PAGE, { first: 20, after: products.pageInfo.endCursor }));
  }

  assert.deepEqual(products.edges.map(({ node }) => node.id), await firstProducts(60));
  assert.equal(products.pageInfo.hasNextPage, true);
  assert.equal(requests.length, 3);
});

test('urql: lists of other filters, and of other objects, stay apart', async () => {
  const { query, requests } = connect();
  const apart = gql`
    query Apart($class: PurposeClass!) {
      products(first: 2, filter: { purposeClass: [$class] }) { edges { node { id purposeClass } } }
      operators(first: 3) { edges { node { id products(first: 1) { edges { node { id operator { id } } } } } } }
    }
  `;
  const classes = ['PUBLIC_GOVERNANCE', 'INDUSTRY'];
  for (const wanted of [...classes, ...classes]) {
    const data = await query(apart, { class: wanted });
    assert.ok(data.products.edges.length > 0, wanted);
    assert.ok(data.products.edges.every(({ node }) => node.purposeClass === wanted), wanted);
    for (const { node: operator } of data.operators.edges) {
      assert.ok(operator.products.edges.every(({ node }) => node.operator.id === operator.id));
    }
  }
  assert.equal(requests.length, 2);
});

test('urql: a past moment is read beside the cache', async () => {
  const { client, query, requests } = connect();
  const [id] = await firstProducts(1);
  const now = await query(ONE, { id });
  const past = gql`
    query Past($id: ID!, $asOf: DateTime!) { product(id: $id, asOf: $asOf) { id } }
  `;
  const beside = new Client({ url, exchanges: [fetchExchange] });

  const before = await beside.query(past, { id, asOf: '2001-01-01T00:00:00Z' }).toPromise();

  assert.equal(before.error, undefined);
  assert.equal(before.data.product, null);
  assert.deepEqual(client.readQuery(ONE, { id }).data, now);
  assert.equal(requests.length, 1);
});

test('urql: every type of the schema has a key or needs none, and every fragment is known to match', async (context) => {
  const warnings = context.mock.method(console, 'warn', () => {});
  const { query } = connect();
  await query(gql`
    {
      products(first: 5) {
        totalCount
        facets(keys: [KIND]) { key buckets { value count } }
        edges {
          node {
            id
            term { startsOn endsOn }
            ... on DataProduct { grade }
            ... on ServiceCapability { capabilityKind }
            tariffs { id }
            resources(first: 2) { edges { node { resource { id title { value } } } } }
            region { code name { value } }
          }
        }
      }
      serviceInfo { timeZone }
      codeLists { id }
    }
  `);
  assert.deepEqual(warnings.mock.calls.map((call) => call.arguments[0]), []);
});

test('urql: an error has its code where urql looks for it, and urql knows it from a failing network', async () => {
  const { client } = connect();
  const { error } = await client.query(gql`{ products(first: 101) { totalCount } }`, {}).toPromise();
  assert.equal(error.networkError, undefined);
  assert.match(error.graphQLErrors[0].extensions.code, /^[A-Z_]+$/);
});
