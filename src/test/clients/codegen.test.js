// graphql-codegen: what it makes of the published schema compiles under --strict, and a wrong field does not.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import test, { before } from 'node:test';
import { change, operator, signedIn } from './market.js';
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

test('graphql-codegen: a mutation gives the draft, or each kind of what stands against it', signedIn, async () => {
  const { update } = await import('./generated/javascript/codegen/drafts.js');
  const code = `CLIENTS-${randomUUID()}`;
  const input = { operatorId: operator.id, code, kind: 'DATA_PRODUCT', idempotencyKey: code };
  const { productDraft } = await change(operator, 'productDraftCreate', input, 'productDraft { id version }');
  const { id, version: expectedVersion } = productDraft;
  const wanted = { id, expectedVersion, content: { title: [{ locale: 'zh', value: 'typed' }] } };

  const done = await update(url, operator.token, wanted);
  const late = await update(url, operator.token, wanted);
  await change(operator, 'productDraftDiscard', { id, expectedVersion: done.version }, 'productDraft { id }');

  assert.equal(done.title.value, 'typed');
  assert.ok(done.problems.length > 0 && done.allowedActions.includes('UPDATE'));
  assert.deepEqual(late, [`somebody else was quicker: it has version ${done.version} now`]);
});

test('graphql-codegen: no scalar of the schema is any', () => {
  assert.doesNotMatch(readFileSync(new URL('generated/codegen/graphql.ts', import.meta.url), 'utf8'), /[:<|&] *any\b/);
});

const program = (name) => readFileSync(new URL(`codegen/${name}`, import.meta.url), 'utf8');

for (const [what, name, right, wrong, error] of [
  ['a field that was not asked for', 'offers.ts', 'product.title.value', 'product.code', /TS2339.*'code'/],
  ['a value that may be null', 'offers.ts', "product.grade ?? 'data'", 'product.grade', /TS2322.*null/],
  ['a field of the other kind', 'offers.ts', "product.capacity ?? 'service'", 'product.grade', /TS2339.*'grade'/],
  ['a value that the enum does not have', 'offers.ts', "['INDUSTRY']", "['TRADE']", /TS2322.*"TRADE"/],
  ['a variable that is missing', 'offers.ts', 'first, after, filter', 'after, filter', /TS2(345|741).*'first'/s],
  ['what another kind of error tells', 'drafts.ts', 'problem.from', 'problem.state', /TS2339.*'state'/],
]) {
  test(`graphql-codegen: ${what} is an error of tsc`, () => {
    const folder = emptyFolder('wrong');
    assert.ok(program(name).includes(right));
    for (const file of ['offers.ts', 'drafts.ts']) {
      const text = program(file).replaceAll('../generated/', '../');
      writeFileSync(new URL(`${folder}/${file}`, import.meta.url), file === name ? text.replace(right, wrong) : text);
    }
    writeFileSync(
      new URL(`${folder}/tsconfig.json`, import.meta.url),
      '{"extends": "../../tsconfig.json", "compilerOptions": {"noEmit": true, "rootDir": "../.."}, "include": ["*.ts"]}',
    );
    const { status, said } = run('tsc', '-p', folder);
    assert.notEqual(status, 0);
    assert.match(said, error);
  });
}
