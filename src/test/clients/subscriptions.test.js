// graphql-ws and graphql-sse on the path of all other requests, by themselves and inside Apollo Client and urql.
import assert from 'node:assert/strict';
import test from 'node:test';
import { ApolloClient, ApolloLink, HttpLink, gql } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { OperationTypeNode } from 'graphql';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWebSocketClient } from 'graphql-ws';
import WebSocket from 'ws';
import { apolloCache } from './apollo-cache.js';
import { listed, publisher, publishSummary, signedIn } from './market.js';
import { ask, counting, schema, until, url, webSocketUrl } from './server.js';
import { urqlCache } from './urql-cache.js';

const EVENTS = `subscription Events($after: String, $filter: EventFilter) {
  events(after: $after, filter: $filter) { id cursor type occurredAt changedFields subject { id } }
}`;

const overWebSocket = (headers) => createWebSocketClient({
  url: webSocketUrl,
  webSocketImpl: WebSocket,
  connectionParams: headers,
  retryAttempts: 0,
});
const overSse = (headers) => createSseClient({ url, headers, retryAttempts: 0 });
const ways = [['graphql-ws', overWebSocket], ['graphql-sse', overSse]];

/** The first results of an operation, at most `count`. */
async function take(client, payload, count) {
  const results = [];
  for await (const result of client.iterate(payload)) {
    if (results.push(result) === count) break;
  }
  return results;
}

/** Follows events into a list until it is left; what goes wrong is in the list too. */
function follow(client, variables) {
  const events = [];
  const leave = client.subscribe(
    { query: EVENTS, variables },
    { next: ({ data, errors }) => events.push(data?.events ?? errors), error: (error) => events.push(error), complete() {} },
  );
  return { events, leave };
}

/** The place behind the newest event. */
const head = async () => (await ask('{ eventHead { cursor } }')).eventHead.cursor;

/** What the log has behind a cursor. */
async function logged(variables, headers) {
  const { eventLog } = await ask(
    'query ($after: String, $filter: EventFilter) { eventLog(first: 100, after: $after, filter: $filter) { nodes { id } } }',
    variables,
    headers,
  );
  return eventLog.nodes.map((event) => event.id);
}

for (const [name, connect] of ways) {
  test(`${name} asks a query and gets one result`, async () => {
    const client = connect();
    const query = 'query ($first: Int) { products(first: $first) { nodes { id title { value } } } }';
    const results = await take(client, { query, variables: { first: 3 } }, 2);
    client.dispose();
    assert.deepEqual(results.map(({ data }) => data), [await ask(query, { first: 3 })]);
  });

  test(`${name} is told of a document that does not fit the schema`, async () => {
    const client = connect();
    const told = await take(client, { query: '{ nothing }' }, 1).then(
      ([result]) => result.errors,
      (refused) => refused,
    );
    client.dispose();
    assert.match(JSON.stringify(told) + told, /nothing/);
  });

  test(`${name} sees live what is published, and with a token the drafts of its organization too`, signedIn, async () => {
    const product = await listed(publisher);
    const filter = { organization: publisher.id, types: ['PRODUCT_CHANGED', 'DRAFT_CHANGED'] };
    const after = await head();
    const everybody = connect();
    const member = connect(publisher.headers);
    const [open, own] = [everybody, member].map((client) => follow(client, { after, filter }));

    await publishSummary(product.id, `${name} live`);
    await until(() => [open, own].every(({ events }) => events.some(({ type }) => type === 'PRODUCT_CHANGED')));
    const expected = [await logged({ after, filter }), await logged({ after, filter }, publisher.headers)];
    await until(() => own.events.length >= expected[1].length);
    for (const { leave } of [open, own]) leave();
    for (const client of [everybody, member]) client.dispose();

    const [{ type, subject, changedFields, occurredAt }] = open.events;
    assert.deepEqual({ type, subject, changedFields }, {
      type: 'PRODUCT_CHANGED',
      subject: { id: product.id },
      changedFields: ['summary'],
    });
    assert.ok(Math.abs(Date.now() - Date.parse(occurredAt)) < 60_000);
    assert.deepEqual([open, own].map(({ events }) => events.map(({ id }) => id)), expected);
    assert.equal(own.events[0].type, 'DRAFT_CHANGED');
    assert.equal(expected[0].length, 1);
  });

  test(`${name}: who was away goes on behind its last cursor, and gets what it missed and nothing else`, signedIn, async () => {
    const product = await listed(publisher);
    const filter = { subject: product.id };
    const start = await head();
    const before = connect();
    const first = follow(before, { after: start, filter });
    await publishSummary(product.id, `${name} 1`);
    await until(() => first.events.length === 1);
    first.leave();
    before.dispose();
    const { cursor } = first.events[0];
    await publishSummary(product.id, `${name} 2`);
    await publishSummary(product.id, `${name} 3`);

    const again = connect();
    const second = follow(again, { after: cursor, filter });
    await until(() => second.events.length === 2);
    await publishSummary(product.id, `${name} 4`);
    await until(() => second.events.length === 3);
    second.leave();
    again.dispose();

    const all = [...first.events, ...second.events];
    assert.deepEqual(all.map(({ id }) => id), await logged({ after: start, filter }));
    assert.equal(all.length, 4);
  });

  test(`${name} waits for what comes, and leaves in order`, async () => {
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

test('graphql-ws is told by 4403 that a token is not accepted', async () => {
  const client = overWebSocket({ Authorization: 'Bearer nonsense' });
  const refused = await take(client, { query: '{ serviceInfo { timeZone } }' }, 1).catch((closed) => closed);
  client.dispose();
  assert.equal(refused.code, 4403);
});

test('one socket carries queries and subscriptions side by side', async () => {
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

const SHOWN = gql`
  query Shown($operator: ID!) {
    products(first: 20, filter: { operator: { eq: $operator } }) { edges { cursor node { id summary { value } } } }
  }
`;
// What an event selects of its subject is what a list that shows the subject then shows.
const LIVE = gql`
  subscription Live($after: String, $filter: EventFilter) {
    events(after: $after, filter: $filter) { id cursor subject { id ... on Product { summary { value } } } }
  }
`;

const summaryOf = (id) => ({ products }) => products.edges.find(({ node }) => node.id === id).node.summary?.value;

test('Apollo Client: a list that is shown follows events over graphql-ws', signedIn, async () => {
  const { requests, fetch } = counting();
  const socket = overWebSocket();
  const link = ApolloLink.split(
    ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
    new GraphQLWsLink(socket),
    new HttpLink({ uri: url, fetch }),
  );
  const client = new ApolloClient({ link, cache: apolloCache(schema) });
  const product = await listed(publisher);
  const after = await head();
  const shown = [];
  const watching = client
    .watchQuery({ query: SHOWN, variables: { operator: publisher.id } })
    .subscribe(({ data, dataState }) => dataState === 'complete' && shown.push(summaryOf(product.id)(data)));
  await until(() => shown.length === 1);
  const following = client
    .subscribe({ query: LIVE, variables: { after, filter: { subject: product.id } } })
    .subscribe(({ error }) => error && shown.push(error));

  await publishSummary(product.id, 'told to Apollo Client');
  await until(() => shown.length === 2);
  following.unsubscribe();
  watching.unsubscribe();
  await socket.dispose();

  assert.equal(shown[1], 'told to Apollo Client');
  assert.equal(requests.length, 1);
});

test('urql: a list that is shown follows events over graphql-sse', signedIn, async () => {
  const { requests, fetch } = counting();
  const sse = overSse();
  const forwardSubscription = ({ query, variables }) => ({
    subscribe: (sink) => ({ unsubscribe: sse.subscribe({ query, variables }, sink) }),
  });
  const exchanges = [urqlCache({ __schema: schema }), fetchExchange, subscriptionExchange({ forwardSubscription })];
  const client = new Client({ url, fetch, exchanges });
  const product = await listed(publisher);
  const after = await head();
  const shown = [];
  const watching = client
    .query(SHOWN, { operator: publisher.id })
    .subscribe(({ data, error }) => shown.push(error ?? summaryOf(product.id)(data)));
  await until(() => shown.length === 1);
  const following = client
    .subscription(LIVE, { after, filter: { subject: product.id } })
    .subscribe(({ error }) => error && shown.push(error));

  await publishSummary(product.id, 'told to urql');
  await until(() => shown.length === 2);
  following.unsubscribe();
  watching.unsubscribe();
  sse.dispose();

  assert.equal(shown[1], 'told to urql');
  assert.equal(requests.length, 1);
});
