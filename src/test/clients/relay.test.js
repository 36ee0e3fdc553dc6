// Relay: the compiler takes the published schema, and what it makes reads pages and objects anew by their ids.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test, { before } from 'node:test';
import { createClient as createSseClient } from 'graphql-sse';
import relay from 'relay-runtime';
import { change, operator, signedIn } from './market.js';
import { ask, counting, emptyFolder, published, run, until, url } from './server.js';

const { commitMutation, createOperationDescriptor, Environment, fetchQuery, getSelector, Network, Observable, RecordSource, requestSubscription, Store } = relay;
const made = createRequire(import.meta.url);
const artifact = (name) => made(`./generated/relay/${name}.graphql.js`);

before(() => {
  const folder = emptyFolder('relay');
  const { status, said } = run('relay-compiler');
  assert.equal(status, 0, said);
  // Without a bundler, node has to be told what kind of modules the artifacts are.
  writeFileSync(new URL(`${folder}/package.json`, import.meta.url), '{"type": "commonjs"}');
});

function connect(credentials) {
  const { requests, fetch } = counting();
  const ask = async ({ text }, variables) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json', ...credentials },
      body: JSON.stringify({ query: text, variables }),
    });
    return answer.json();
  };
  const sse = createSseClient({ url, headers: credentials, retryAttempts: 0 });
  const follow = ({ text }, variables) =>
    Observable.create((sink) => sse.subscribe({ query: text, variables }, sink));
  const network = Network.create(ask, follow);
  return { environment: new Environment({ network, store: new Store(new RecordSource()) }), requests };
}

/** Asks, keeps the answer, and gives what a component would be given. */
async function read(environment, name, variables) {
  const operation = createOperationDescriptor(artifact(name), variables);
  environment.retain(operation);
  await fetchQuery(environment, artifact(name), variables).toPromise();
  return environment.lookup(operation.fragment).data;
}

/** What a fragment shows at this moment. */
const shown = (environment, fragment, at) => environment.lookup(getSelector(artifact(fragment), at)).data;

/** Changes something; its answer. */
const mutate = (environment, name, input) =>
  new Promise((onCompleted, onError) => {
    commitMutation(environment, { mutation: artifact(name), variables: { input }, onCompleted, onError });
  });

async function operatorWithMost() {
  const { operators } = await ask('{ operators(first: 20) { nodes { id products(first: 0) { totalCount } } } }');
  return operators.nodes.sort((one, other) => other.products.totalCount - one.products.totalCount)[0].id;
}

test('Relay: a list below an object grows by pages that are read through node(id:)', async () => {
  const { environment, requests } = connect();
  const operator = await operatorWithMost();
  const { organization } = await read(environment, 'catalogueQuery', { operator, count: 20 });
  for (let page = 2; page <= 3; page++) {
    const { pageInfo } = shown(environment, 'catalogue_operator', organization).products;
    assert.equal(pageInfo.hasNextPage, true);
    await read(environment, 'catalogueOperatorPage', { id: operator, count: 20, cursor: pageInfo.endCursor });
  }
  const ids = shown(environment, 'catalogue_operator', organization).products.edges.map(({ node }) => node.id);

  const whole = await ask(
    `query ($id: ID!) {
      organization(id: $id) { products(first: 60, orderBy: {field: TITLE, direction: ASC}) { nodes { id } } }
    }`,
    { id: operator },
  );
  assert.deepEqual(ids, whole.organization.products.nodes.map((product) => product.id));
  assert.equal(requests.length, 3);
});

test('Relay: an object of an interface is read anew by its id', async () => {
  const { environment } = connect();
  const { organization } = await read(environment, 'catalogueQuery', { operator: await operatorWithMost(), count: 1 });
  const [{ node }] = shown(environment, 'catalogue_operator', organization).products.edges;
  const product = shown(environment, 'catalogue_product', node);
  assert.ok(product.status && product.operator.name.value);

  const { node: again } = await read(environment, 'catalogueProductAgain', { id: node.id });

  assert.deepEqual(shown(environment, 'catalogue_product', again), product);
});

test('Relay: a list of the root grows for each filter by itself', async () => {
  const { environment } = connect();
  const all = await read(environment, 'catalogueSearchQuery', { count: 10 });
  const found = await read(environment, 'catalogueSearchQuery', { text: 'recalls', count: 1 });
  const search = (at) => shown(environment, 'catalogue_search', at).products;
  await read(environment, 'catalogueSearchPage', { count: 10, cursor: search(all).pageInfo.endCursor });
  await read(environment, 'catalogueSearchPage', {
    text: 'recalls',
    count: 1,
    cursor: search(found).pageInfo.endCursor,
  });

  assert.equal(search(all).edges.length, 20);
  assert.equal(new Set(search(all).edges.map(({ node }) => node.id)).size, 20);
  assert.equal(search(found).edges.length, 2);
  assert.ok(search(found).edges.every(({ highlights }) => highlights.length > 0));
});

test('Relay: a draft that is shown follows a mutation, and a conflict is told by its kind', signedIn, async () => {
  const { environment, requests } = connect(operator.headers);
  const code = `CLIENTS-${randomUUID()}`;
  const input = { operatorId: operator.id, code, kind: 'DATA_PRODUCT', idempotencyKey: code };
  const { productDraft: made } = await change(operator, 'productDraftCreate', input, 'productDraft { id version }');
  const { productDraft } = await read(environment, 'draftsQuery', { id: made.id });
  const draft = () => shown(environment, 'drafts_draft', productDraft);
  const before = draft();
  const wanted = { id: made.id, expectedVersion: made.version, content: { title: [{ locale: 'zh', value: 'by Relay' }] } };

  const done = await mutate(environment, 'draftsUpdateMutation', wanted);
  const after = draft();
  const late = await mutate(environment, 'draftsUpdateMutation', wanted);
  const gone = await mutate(environment, 'draftsDiscardMutation', { id: made.id, expectedVersion: after.version });

  assert.equal(before.title, null);
  assert.equal(after.title.value, 'by Relay');
  assert.ok(after.problems.length < before.problems.length && after.problems.every(({ code }) => code));
  assert.deepEqual(done.productDraftUpdate.userErrors, []);
  const [conflict] = late.productDraftUpdate.userErrors;
  assert.deepEqual([conflict.__typename, conflict.currentVersion], ['VersionConflictError', after.version]);
  assert.deepEqual(gone.productDraftDiscard.userErrors, []);
  assert.equal(requests.length, 4);
});

test('Relay: a draft that is shown follows what others do to it, by events', signedIn, async () => {
  const { environment, requests } = connect(operator.headers);
  const { eventHead } = await ask('{ eventHead { cursor } }');
  const code = `CLIENTS-${randomUUID()}`;
  const input = { operatorId: operator.id, code, kind: 'DATA_PRODUCT', idempotencyKey: code };
  const { productDraft: made } = await change(operator, 'productDraftCreate', input, 'productDraft { id version }');
  const { productDraft } = await read(environment, 'draftsQuery', { id: made.id });
  const draft = () => shown(environment, 'drafts_draft', productDraft);
  const failed = [];
  const variables = { after: eventHead.cursor, filter: { subject: made.id } };
  const following = requestSubscription(environment, {
    subscription: artifact('draftsSubscription'),
    variables,
    onError: (error) => failed.push(error),
  });

  const content = { title: [{ locale: 'zh', value: 'by another' }] };
  await change(operator, 'productDraftUpdate', { id: made.id, expectedVersion: 1, content }, 'productDraft { id }');
  await until(() => failed.length || draft().version === 2);
  following.dispose();
  await change(operator, 'productDraftDiscard', { id: made.id, expectedVersion: 2 }, 'productDraft { id }');

  assert.deepEqual(failed, []);
  assert.equal(draft().title.value, 'by another');
  assert.equal(requests.length, 1);
});

test('Relay: a field that the schema does not have is refused before anything is asked', () => {
  const folder = emptyFolder('relay-wrong');
  writeFileSync(
    new URL(`${folder}/wrong.js`, import.meta.url),
    "import { graphql } from 'relay-runtime';\ngraphql`query wrongQuery { serviceInfo { timeZones } }`;\n",
  );
  const config = { src: '.', schema: published, language: 'javascript', noSourceControl: true };
  writeFileSync(new URL(`${folder}/relay.config.json`, import.meta.url), JSON.stringify(config));
  const { status, said } = run('relay-compiler', `${folder}/relay.config.json`);
  assert.notEqual(status, 0);
  assert.match(said, /timeZones/);
});
