// What organizations of the demonstration market do, told without any client.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ask, schema } from './server.js';

const file = process.env.CLIENTS_TOKENS;
const tokens = file ? JSON.parse(readFileSync(file, 'utf8')).tokens : [];

/** The option of a test that changes something: it is left out where no tokens are given. */
export const signedIn = { skip: file ? false : 'CLIENTS_TOKENS names no file of tokens' };

/** An organization with the token of its programs, and the header that they send. */
function member(role, city) {
  const known = tokens.find(({ organization }) => organization.code === `DEMO-${role}-${city}`);
  const headers = { Authorization: `Bearer ${known?.token}` };
  return known && { id: known.organization.id, token: known.token, headers };
}

export const operator = member('OPERATOR', 'BEIJING');
export const institution = member('IMPLEMENTING_INSTITUTION', 'BEIJING');
/** An operator whose entries are complete, so that a change of a summary is published at once. */
export const publisher = member('OPERATOR', 'GUIYANG');

/** A published product of an operator, with something of its authorization. */
export async function listed({ id }) {
  const { products } = await ask(
    `query ($id: ID!) {
      products(first: 1, filter: {operator: {eq: $id}, status: [PUBLISHED]}) {
        nodes {
          id
          authorization {
            id
            resources(first: 1) { nodes { resource { id } } }
            scenarios(first: 1) { nodes { scenario { id } } }
          }
        }
      }
    }`,
    { id },
  );
  return products.nodes[0];
}

/** A mutation that must succeed; its payload. */
export async function change({ headers }, name, input, selection) {
  const { fields } = schema.types.find((type) => type.name === 'Mutation');
  const [{ type }] = fields.find((field) => field.name === name).args;
  const called = `${name}(input: $input) { ${selection} userErrors { message path } }`;
  const document = `mutation ($input: ${type.ofType.name}!) { ${called} }`;
  const payload = (await ask(document, { input }, headers))[name];
  if (payload.userErrors.length) {
    throw new Error(JSON.stringify(payload.userErrors));
  }
  return payload;
}

/** Gives a product of the publisher another summary by a draft and an edition. */
export async function publishSummary(productId, value) {
  const { productDraft } = await change(
    publisher,
    'productDraftCreate',
    { productId, content: { summary: [{ locale: 'zh', value }] }, idempotencyKey: randomUUID() },
    'productDraft { id }',
  );
  await change(
    publisher,
    'productListPublish',
    { operatorId: publisher.id, draftIds: [productDraft.id], idempotencyKey: randomUUID() },
    'productList { number }',
  );
}
