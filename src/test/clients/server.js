// The server under test, and what the tests know of it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { getIntrospectionQuery } from 'graphql';

export const url = process.env.CLIENTS_URL ?? 'http://localhost:8080/graphql';
export const webSocketUrl = url.replace(/^http/, 'ws');

/**
 * A fetch that keeps what was sent, so that a test can tell an answer of the cache from one of the server.
 * `change` may alter the text of an answer, as if something had been changed meanwhile.
 */
export function counting(change = (text) => text) {
  const requests = [];
  return {
    requests,
    fetch: async (address, options) => {
      requests.push({ address: String(address), method: options?.method ?? 'GET', body: options?.body });
      const answer = await fetch(address, options);
      const { status, headers } = answer;
      const text = change(await answer.text(), requests.length);
      return new Response(text, { status, headers: { 'Content-Type': headers.get('content-type') } });
    },
  };
}

/** From its second answer on a server tells that the products it shows were suspended. */
export const suspending = (text, request) => (request > 1 ? text.replaceAll('PUBLISHED', 'SUSPENDED') : text);

/** Asks without any client. */
export async function ask(query, variables, headers) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  if (errors) {
    throw new Error(`${answer.status}: ${JSON.stringify(errors)}`);
  }
  return data;
}

/** The schema as the server tells it. */
export const schema = (await ask(getIntrospectionQuery({ descriptions: false, oneOf: false }))).__schema;

/** The products of the demonstration market by title, as the server tells them in one piece. */
export async function firstProducts(count) {
  const { products } = await ask(
    'query ($count: Int) { products(first: $count, orderBy: {field: TITLE, direction: ASC}) { nodes { id } } }',
    { count },
  );
  return products.nodes.map((product) => product.id);
}

/** Waits until something is so, for ten seconds at most. */
export async function until(isSo) {
  for (const end = Date.now() + 10_000; !isSo(); ) {
    if (Date.now() > end) {
      throw new Error(`never came: ${isSo}`);
    }
    await new Promise((done) => setTimeout(done, 10));
  }
}

const here = import.meta.dirname;

/** The schema as the repository publishes it. */
export const published = join(here, '../../../schema/published.graphql');

/** Runs a program of node_modules here; tells how it ended and what it said. */
export function run(program, ...words) {
  const { status, stdout, stderr } = spawnSync(join(here, 'node_modules/.bin', program), words, {
    cwd: here,
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}

/** An empty folder under `generated`, by its path from here. */
export function emptyFolder(name) {
  rmSync(join(here, 'generated', name), { recursive: true, force: true });
  mkdirSync(join(here, 'generated', name), { recursive: true });
  return `generated/${name}`;
}
