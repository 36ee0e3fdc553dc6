// The cache of Apollo Client for the schema of a Fairground server.
import { InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

const paging = ['first', 'last', 'after', 'before'];
const named = (type) => type.name ?? named(type.ofType);

/** The fields of Query that find one object by its id: product, organization, node and their like. */
const byId = (schema) =>
  schema.types.find((type) => type.name === 'Query').fields
    .filter((field) => field.args.some((arg) => arg.name === 'id'))
    .map((field) => field.name);

/** `schema` is the `__schema` of an introspection; it is best read once, when the program is built. */
export function apolloCache(schema) {
  const possibleTypes = {};
  const typePolicies = {};
  for (const type of schema.types.filter((type) => !type.name.startsWith('__'))) {
    if (type.kind === 'INTERFACE') {
      possibleTypes[type.name] = type.possibleTypes.map((possible) => possible.name);
    }
    if (type.kind === 'OBJECT') {
      // The pages of a list are one list for each set of its other arguments.
      const lists = type.fields.filter((field) => named(field.type).endsWith('Connection'));
      const fields = lists.map((field) => {
        const others = field.args.map((arg) => arg.name).filter((arg) => !paging.includes(arg));
        return [field.name, relayStylePagination(others)];
      });
      // What has no id is a part of what it stands in.
      const merge = !type.fields.some((field) => field.name === 'id');
      typePolicies[type.name] = { merge, fields: Object.fromEntries(fields) };
    }
  }
  // An object that was read anywhere is found again by its id, unless a past moment is asked for.
  for (const field of byId(schema)) {
    typePolicies.Query.fields[field] = {
      read: (known, { args, toReference }) => (args.id && !args.asOf ? toReference(args.id) : known),
    };
  }
  return new InMemoryCache({
    possibleTypes,
    typePolicies,
    // Ids are global: no two objects of any type share one.
    dataIdFromObject: (object) => object.id,
  });
}
