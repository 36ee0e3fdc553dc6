// urql with its normalised cache: what is read once is kept by its id, and pages grow into one list.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Client, fetchExchange, gql } from '@urql/core';
import { urqlCache } from './urql-cache.js';
import { counting, firstProducts, schema, until, url } from './server.js';

function connect() {
  const { requests, fetch } = counting();
  const client = new Client({ url, fetch, preferGetMethod: false, exchanges: [urqlCache({ __schema: schema }), fetchExchange] });
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

test('a product that a list showed is answered by its id from the cache', async () => {
  const { query, requests } = connect();
  const shown = (await query(PAGE, { first: 3 })).products.edges[1].node;

  const again = await query(ONE, { id: shown.id });

  assert.deepEqual(again.product, shown);
  assert.equal(requests.length, 1);
});

test('a list that is shown follows what a later query reads of one of its objects', async () => {
  const { client, query, requests } = connect();
  const { products } = await query(PAGE, { first: 2 });
  const { id } = products.edges[0].node;
  const more = gql`
    query More($id: ID!) { product(id: $id) { id code operator { id code } } }
  `;
  const both = gql`
    query Both($id: ID!) { product(id: $id) { id code status operator { id code name { value } } } }
  `;
  await query(more, { id });
  const joined = await query(both, { id });
  assert.equal(requests.length, 2);
  assert.equal(joined.product.status, products.edges[0].node.status);
  assert.ok(joined.product.code && joined.product.operator.code);
  assert.equal(client.readQuery(PAGE, { first: 2 }).data.products.edges.length, 2);
});

test('pages grow into one list, in order and without doubles', async () => {
  const { query, requests } = connect();
  let { products } = await query(PAGE, { first: 20 });
  for (let page = 2; page <= 3; page++) {
    ({ products } = await query(PAGE, { first: 20, after: products.pageInfo.endCursor }));
  }

  assert.deepEqual(products.edges.map(({ node }) => node.id), await firstProducts(60));
  assert.equal(products.pageInfo.hasNextPage, true);
  assert.equal(requests.length, 3);
});

test('lists of other filters, and of other objects, stay apart', async () => {
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

test('every type of the schema has a key or needs none, and every fragment is known to match', async (context) => {
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

test('an error has its code where urql looks for it, and urql knows it from a failing network', async () => {
  const { client } = connect();
  const { error } = await client.query(gql`{ products(first: 101) { totalCount } }`, {}).toPromise();
  assert.equal(error.networkError, undefined);
  assert.match(error.graphQLErrors[0].extensions.code, /^[A-Z_]+$/);
});
