// A caller without a token is refused by a code, whatever the client; one with a token gets userErrors or an object.
import assert from 'node:assert/strict';
import test from 'node:test';
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { Client, fetchExchange } from '@urql/core';
import { needs, schema, url } from './server.js';

const token = process.env.CLIENTS_TOKEN;

const scalars = {
  Int: 1,
  Boolean: true,
  ID: `org_${'0'.repeat(32)}`,
  Date: '2030-01-01',
  DateTime: '2030-01-01T00:00:00Z',
  Locale: 'en',
};

/** A value that fits an input type and means nothing. */
function anything(type) {
  if (type.kind === 'NON_NULL') return anything(type.ofType);
  if (type.kind === 'LIST') return [];
  const known = schema.types.find(({ name }) => name === type.name);
  if (known.kind === 'ENUM') return known.enumValues[0].name;
  if (known.kind === 'INPUT_OBJECT') {
    const required = known.inputFields.filter((field) => field.type.kind === 'NON_NULL' && field.defaultValue === null);
    return Object.fromEntries(required.map((field) => [field.name, anything(field.type)]));
  }
  return scalars[known.name] ?? 'clients';
}

/** A mutation by its name, with an input that fits. */
function mutation(name) {
  const { fields } = schema.types.find((type) => type.name === schema.mutationType.name);
  const { args } = fields.find((field) => field.name === name);
  const [input] = args.filter((arg) => arg.name === 'input');
  const called = `${name}(input: $input) { userErrors { code message } }`;
  const document = `mutation Try($input: ${input.type.ofType.name}!) { ${called} }`;
  return [document, { input: anything(input.type) }];
}

const clients = {
  'Apollo Client': async ([document, variables], headers) => {
    const client = new ApolloClient({ link: new HttpLink({ uri: url, headers }), cache: new InMemoryCache() });
    const { data, error } = await client.mutate({ mutation: gql(document), variables, errorPolicy: 'all' });
    return { data, errors: error?.errors };
  },
  urql: async ([document, variables], headers) => {
    const client = new Client({ url, exchanges: [fetchExchange], fetchOptions: { headers }, preferGetMethod: true });
    const { data, error } = await client.mutation(document, variables).toPromise();
    return { data, errors: error?.graphQLErrors };
  },
};

for (const [name, mutate] of Object.entries(clients)) {
  for (const field of ['apiTokenCreate', 'productDraftCreate']) {
    test(`${name} is told why ${field} is refused to a caller without a token`, needs('mutation', field), async () => {
      const { errors } = await mutate(mutation(field), {});
      assert.equal(errors?.[0].extensions.code, 'UNAUTHENTICATED');
    });
  }

  const signedIn = token ? needs('mutation', 'productDraftCreate') : { skip: 'CLIENTS_TOKEN holds no token' };
  test(`${name} finds the rules that a draft breaks in userErrors`, signedIn, async () => {
    const { data, errors } = await mutate(mutation('productDraftCreate'), { Authorization: `Bearer ${token}` });
    assert.equal(errors, undefined);
    assert.ok(data.productDraftCreate.userErrors.every((broken) => broken.code && broken.message));
  });
}
