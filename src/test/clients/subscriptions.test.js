// graphql-ws and graphql-sse on the path of all other requests, by themselves and inside Apollo Client and urql.
import assert from 'node:assert/strict';
import test from 'node:test';
import { ApolloClient, InMemoryCache, gql } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWebSocketClient } from 'graphql-ws';
import WebSocket from 'ws';
import { ask, needs, until, url, webSocketUrl } from './server.js';

const EVENTS = `subscription Events($after: String) {
  events(after: $after) { id cursor type occurredAt subject { id } }
}`;
const events = needs('subscription', 'events');
const log = needs('query', 'eventLog');

const overWebSocket = () => createWebSocketClient({ url: webSocketUrl, webSocketImpl: WebSocket, retryAttempts: 0 });
const overSse = () => createSseClient({ url, retryAttempts: 0 });
const ways = [['graphql-ws', overWebSocket], ['graphql-sse', overSse]];

/** The first results of an operation, at most `count`. */
async function take(client, payload, count) {
  const results = [];
  for await (const result of client.iterate(payload)) {
    if (results.push(result) === count) break;
  }
  return results;
}

/** The newest events of the log, oldest first; null, and the test left out, while there are fewer. */
async function lastEvents(context, count) {
  const { eventLog } = await ask('query ($n: Int) { eventLog(last: $n) { nodes { id cursor } } }', { n: count });
  const enough = eventLog.nodes.length === count;
  if (!enough) context.skip(`the log has fewer than ${count} events`);
  return enough ? eventLog.nodes : null;
}

for (const [name, connect] of ways) {
  test(`${name} asks a query and gets one result`, events, async () => {
    const client = connect();
    const query = 'query ($first: Int) { products(first: $first) { nodes { id title { value } } } }';
    const results = await take(client, { query, variables: { first: 3 } }, 2);
    client.dispose();
    assert.deepEqual(results.map(({ data }) => data), [await ask(query, { first: 3 })]);
  });

  test(`${name} is told of a document that does not fit the schema`, events, async () => {
    const client = connect();
    const told = await take(client, { query: '{ nothing }' }, 1).then(
      ([result]) => result.errors,
      (refused) => refused,
    );
    client.dispose();
    assert.match(JSON.stringify(told) + told, /nothing/);
  });

  test(`${name} goes on behind a cursor without loss or doubles`, { skip: events.skip || log.skip }, async (context) => {
    const known = await lastEvents(context, 3);
    if (!known) return;
    const client = connect();
    const results = await take(client, { query: EVENTS, variables: { after: known[0].cursor } }, 2);
    client.dispose();
    assert.deepEqual(results.map(({ data }) => data.events.id), known.slice(1).map((event) => event.id));
    assert.ok(results.every(({ data }) => data.events.type && Date.parse(data.events.occurredAt)));
  });

  test(`${name} waits for what comes, and leaves in order`, events, async () => {
    const client = connect();
    const failed = [];
    let completed = false;
    const leave = client.subscribe(
      { query: EVENTS },
      { next: () => {}, error: (error) => failed.push(error), complete: () => (completed = true) },
    );
    await new Promise((done) => setTimeout(done, 500));
    assert.deepEqual(failed, []);
    assert.equal(completed, false);
    leave();
    await until(() => completed);
    client.dispose();
    assert.deepEqual(failed, []);
  });
}

test('one socket carries queries and subscriptions side by side', events, async () => {
  let opened = 0;
  const client = createWebSocketClient({
    url: webSocketUrl,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    on: { opened: () => opened++ },
  });
  const leave = client.subscribe({ query: EVENTS }, { next: () => {}, error: () => {}, complete: () => {} });
  const query = '{ serviceInfo { timeZone } }';
  const answers = await Promise.all(Array.from({ length: 5 }, () => take(client, { query }, 1)));
  leave();
  client.dispose();
  assert.ok(answers.every(([{ data }]) => data.serviceInfo.timeZone));
  assert.equal(opened, 1);
});

test('Apollo Client subscribes over graphql-ws', { skip: events.skip || log.skip }, async (context) => {
  const known = await lastEvents(context, 2);
  if (!known) return;
  const socket = overWebSocket();
  const client = new ApolloClient({ link: new GraphQLWsLink(socket), cache: new InMemoryCache() });
  const seen = [];
  const reading = client
    .subscribe({ query: gql(EVENTS), variables: { after: known[0].cursor } })
    .subscribe(({ data }) => seen.push(data.events.id));
  await until(() => seen.length > 0);
  reading.unsubscribe();
  await socket.dispose();
  assert.equal(seen[0], known[1].id);
});

test('urql subscribes over graphql-sse', { skip: events.skip || log.skip }, async (context) => {
  const known = await lastEvents(context, 2);
  if (!known) return;
  const sse = overSse();
  const forwardSubscription = ({ query, variables }) => ({
    subscribe: (sink) => ({ unsubscribe: sse.subscribe({ query, variables }, sink) }),
  });
  const client = new Client({ url, exchanges: [fetchExchange, subscriptionExchange({ forwardSubscription })] });
  const seen = [];
  const reading = client
    .subscription(EVENTS, { after: known[0].cursor })
    .subscribe(({ data, error }) => seen.push(error ?? data.events.id));
  await until(() => seen.length > 0);
  reading.unsubscribe();
  sse.dispose();
  assert.equal(seen[0], known[1].id);
});
