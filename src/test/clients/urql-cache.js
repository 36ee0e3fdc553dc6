// The normalised cache of urql for the schema of a Fairground server.
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';

const named = (type) => type.name ?? named(type.ofType);

/** `introspection` holds `__schema`; it is best read once, when the program is built. */
export function urqlCache(introspection) {
  const types = introspection.__schema.types.filter((type) => !type.name.startsWith('__'));
  const possible = Object.fromEntries(
    types.map((type) => [type.name, (type.possibleTypes ?? [type]).map((one) => one.name)]),
  );
  const keys = {};
  const resolvers = {};
  for (const type of types.filter((type) => type.kind === 'OBJECT')) {
    // What has no id is a part of what it stands in.
    if (!type.fields.some((field) => field.name === 'id')) {
      keys[type.name] = () => null;
    }
    const lists = type.fields.filter((field) => named(field.type).endsWith('Connection'));
    resolvers[type.name] = Object.fromEntries(lists.map((field) => [field.name, relayPagination()]));
  }
  // An object that was read anywhere is found again by its id, unless a past moment is asked for.
  for (const field of types.find((type) => type.name === 'Query').fields) {
    if (field.args.some((arg) => arg.name === 'id')) {
      resolvers.Query[field.name] = (parent, { id, asOf }, cache, info) => {
        const known = (name) => cache.resolve({ __typename: name, id }, 'id');
        const type = id && !asOf && possible[named(field.type)].find(known);
        return type ? { __typename: type, id } : cache.resolve(info.parentKey, info.fieldName, info.args);
      };
    }
  }
  const updates = { Mutation: {} };
  // What was given up is not shown any more; its caller has to select userErrors.
  for (const mutation of types.find((type) => type.name === 'Mutation').fields) {
    if (/(Discard|Delete)$/.test(mutation.name)) {
      const payload = types.find((type) => type.name === named(mutation.type));
      const [gone] = payload.fields.map((field) => named(field.type));
      updates.Mutation[mutation.name] = (answer, { input }, cache) => {
        const done = answer[mutation.name]?.userErrors.length === 0 && !input.validateOnly;
        if (done) cache.invalidate({ __typename: gone, id: input.id });
      };
    }
  }
  return cacheExchange({ schema: introspection, keys, resolvers, updates });
}
