// docs/clients.md shows what is tested here: each of its programs stands in one of these files.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

const here = import.meta.dirname;
const tight = (text) => text.replace(/\s+/g, ' ').trim();
const files = ['.', 'relay', 'codegen'].flatMap((folder) =>
  readdirSync(join(here, folder))
    .filter((name) => /\.(js|ts|json)$/.test(name))
    .map((name) => tight(readFileSync(join(here, folder, name), 'utf8'))),
);
const page = readFileSync(join(here, '../../../docs/clients.md'), 'utf8');
const programs = [...page.matchAll(/^```(?:js|ts|json)\n(.*?)^```$/gms)].map(([, program]) => program);

test('every program of docs/clients.md is one that is tested', () => {
  assert.ok(programs.length > 5);
  for (const program of programs) {
    assert.ok(files.some((file) => file.includes(tight(program))), program);
  }
});
