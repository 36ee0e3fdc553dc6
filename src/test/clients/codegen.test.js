// graphql-codegen: what it makes of the published schema compiles under --strict, and a wrong field does not.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import test, { before } from 'node:test';
import { ask, emptyFolder, run, url } from './server.js';

before(() => {
  emptyFolder('codegen');
  emptyFolder('javascript');
  const { status, said } = run('graphql-codegen', '--config', 'codegen.ts');
  assert.equal(status, 0, said);
});

test('graphql-codegen: what graphql-codegen makes compiles with every strict check, and runs', async () => {
  const { status, said } = run('tsc');
  assert.equal(status, 0, said);

  const { offers } = await import('./generated/javascript/codegen/offers.js');
  const read = [];
  for await (const offer of offers(url, 50)) read.push(offer);

  const { products } = await ask('{ products(filter: {purposeClass: [INDUSTRY]}, first: 0) { totalCount } }');
  assert.equal(read.length, products.totalCount);
  assert.equal(new Set(read.map((offer) => offer.id)).size, read.length);
  assert.ok(read.every((offer) => offer.title && offer.by && offer.since.getTime() > 0));
});

test('graphql-codegen: no scalar of the schema is any', () => {
  assert.doesNotMatch(readFileSync(new URL('generated/codegen/graphql.ts', import.meta.url), 'utf8'), /[:<|&] *any\b/);
});

const program = readFileSync(new URL('codegen/offers.ts', import.meta.url), 'utf8');

for (const [what, right, wrong, error] of [
  ['a field that was not asked for', 'product.title.value', 'product.code', /TS2339.*'code'/],
  ['a value that may be null', "product.grade ?? 'data'", 'product.grade', /TS2322.*null/],
  ['a field of the other kind', "product.capacity ?? 'service'", 'product.grade', /TS2339.*'grade'/],
  ['a value that the enum does not have', "['INDUSTRY']", "['TRADE']", /TS2322.*"TRADE"/],
  ['a variable that is missing', 'first, after, filter', 'after, filter', /TS2(345|741).*'first'/s],
]) {
  test(`graphql-codegen: ${what} is an error of tsc`, () => {
    const folder = emptyFolder('wrong');
    assert.ok(program.includes(right));
    const changed = program.replace(right, wrong).replaceAll('../generated/', '../');
    writeFileSync(new URL(`${folder}/offers.ts`, import.meta.url), changed);
    writeFileSync(
      new URL(`${folder}/tsconfig.json`, import.meta.url),
      '{"extends": "../../tsconfig.json", "compilerOptions": {"noEmit": true, "rootDir": "../.."}, "include": ["*.ts"]}',
    );
    const { status, said } = run('tsc', '-p', folder);
    assert.notEqual(status, 0);
    assert.match(said, error);
  });
}
