// What a browser asks before it lets a client of another site send its headers.
import assert from 'node:assert/strict';
import test from 'node:test';
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { Client, fetchExchange } from '@urql/core';
import { createClient as createSseClient } from 'graphql-sse';
import { url } from './server.js';

const query = '{ serviceInfo { timeZone } }';

/** A fetch that only notes the headers. */
function noting() {
  const names = new Set();
  return {
    names,
    fetch: async (address, { headers }) => {
      for (const [name] of new Headers(headers)) names.add(name);
      throw new Error('noted');
    },
  };
}

const headers = { Authorization: 'Bearer some', 'Apollo-Require-Preflight': 'yes' };
const clients = {
  'Apollo Client': async (fetch) => {
    const client = new ApolloClient({
      link: new HttpLink({ uri: url, fetch, headers }),
      cache: new InMemoryCache(),
      clientAwareness: { name: 'clients', version: '1' },
    });
    await client.query({ query: gql(query), errorPolicy: 'all' });
  },
  urql: (fetch) => new Client({ url, fetch, exchanges: [fetchExchange] }).query(query, {}).toPromise(),
  'graphql-sse': (fetch) =>
    new Promise((done) => {
      const client = createSseClient({ url, fetchFn: fetch, retryAttempts: 0 });
      client.subscribe({ query }, { next() {}, error: done, complete: done });
    }),
};

for (const [name, send] of Object.entries(clients)) {
  test(`${name} may send its headers from a page of another site`, async () => {
    const { names, fetch } = noting();
    await send(fetch);
    assert.ok(names.has('accept'), [...names].join());

    const answer = await globalThis.fetch(url, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://portal.example',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': [...names].join(),
      },
    });

    const allowed = answer.headers.get('access-control-allow-headers').toLowerCase().split(/, */);
    assert.ok(answer.ok);
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.deepEqual([...names].filter((one) => !allowed.includes(one)), []);
  });
}
