// What a webhook sends is taken by the library of the Standard Webhooks specification, and nothing that was altered.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import test from 'node:test';
import { Webhook } from 'standardwebhooks';
import { change, operator, signedIn } from './market.js';

test('standardwebhooks accepts what the server signed, and refuses it once it is altered', signedIn, async (context) => {
  let secret;
  const taken = [];
  const receiver = createServer(async (request, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    try {
      taken.push({ message: new Webhook(secret).verify(body, request.headers), body, headers: request.headers });
      response.writeHead(204).end();
    } catch (refused) {
      response.writeHead(400).end(refused.message);
    }
  });
  await new Promise((done) => receiver.listen(0, '127.0.0.1', done));
  context.after(() => receiver.close());
  const made = await change(
    operator,
    'webhookCreate',
    {
      organizationId: operator.id,
      url: `http://127.0.0.1:${receiver.address().port}/events`,
      types: ['LIST_PUBLISHED'],
      query: '{ serviceInfo { timeZone } }',
      idempotencyKey: randomUUID(),
    },
    'webhook { id version } secretOnce',
  );
  secret = made.secretOnce;
  const { id, version } = made.webhook;

  const { attempt } = await change(operator, 'webhookTest', { id }, 'attempt { httpStatus error answer }');
  const rotated = await change(operator, 'webhookSecretRotate', { id, expectedVersion: version }, 'webhook { version } secretOnce');
  const late = await change(operator, 'webhookTest', { id }, 'attempt { httpStatus answer }');
  await change(operator, 'webhookDelete', { id, expectedVersion: rotated.webhook.version }, 'webhook { id }');

  assert.deepEqual(attempt, { httpStatus: 204, error: null, answer: attempt.answer });
  const [{ message, body, headers }] = taken;
  assert.equal(message.type, 'TEST');
  assert.equal(late.attempt.httpStatus, 400, 'the old secret ends at once');
  assert.throws(() => new Webhook(secret).verify(body.replace('TEST', 'LIST'), headers), /No matching signature/);
  assert.throws(() => new Webhook(rotated.secretOnce).verify(body, headers), /No matching signature/);
});
