// A typed program: tsc knows what every answer holds.
import { graphql } from '../generated/codegen/index.js';
import type { OffersQuery, ProductFilter, TypedDocumentString } from '../generated/codegen/graphql.js';

/** Asks a server; what comes back has the type of the query. */
export async function ask<Answer, Variables>(
  url: string,
  query: TypedDocumentString<Answer, Variables>,
  variables: Variables,
  credentials: Record<string, string> = {},
): Promise<Answer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...credentials },
    body: JSON.stringify({ query: query.toString(), variables }),
  });
  const { data, errors } = (await answer.json()) as { data?: Answer; errors?: { message: string }[] };
  if (!data) {
    throw new Error(errors?.map((error) => error.message).join('\n') ?? `status ${answer.status}`);
  }
  return data;
}

const offersQuery = graphql(`
  query Offers($filter: ProductFilter, $first: Int!, $after: String) {
    products(filter: $filter, first: $first, after: $after) {
      nodes {
        __typename
        id
        title { value }
        publishedAt
        operator { id name { value } }
        tariffs { id item freeOfCharge baseFee { amount currency } }
        ... on DataProduct { grade }
        ... on ServiceCapability { capacity }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const forIndustry: ProductFilter = { purposeClass: ['INDUSTRY'] };

export type Offer = { id: string; title: string; by: string; since: Date; what: string };

/** The offers to industry, read page by page. */
export async function* offers(url: string, first: number): AsyncGenerator<Offer> {
  let after: string | null | undefined = null;
  for (let more = true; more; ) {
    const { products }: OffersQuery = await ask(url, offersQuery, { first, after, filter: forIndustry });
    for (const product of products.nodes) {
      yield {
        id: product.id,
        title: product.title.value,
        by: product.operator.name.value,
        since: new Date(product.publishedAt),
        what: product.__typename === 'DataProduct' ? (product.grade ?? 'data') : (product.capacity ?? 'service'),
      };
    }
    more = products.pageInfo.hasNextPage;
    after = products.pageInfo.endCursor;
  }
}
