import { createHash } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { headerOf } from './message-reader.ts';
import { openRawClient } from './raw-client.ts';
import type { RawClient } from './raw-client.ts';
import { patternBytes } from './reply.ts';
import { scriptedBackend } from './scripted-backend.ts';
import type { BackendOptions, ScriptedBackend } from './scripted-backend.ts';

async function pair(options: BackendOptions = {}): Promise<{ backend: ScriptedBackend; client: RawClient }> {
  const backend = await scriptedBackend(options);
  const client = await openRawClient({ host: backend.address, port: backend.port });
  onTestFinished(async () => {
    client.close();
    await backend.stop();
  });
  return { backend, client };
}

it('sees the exact head, and a chunked body in any cut', async () => {
  const { backend, client } = await pair({ name: 'm' });
  const head = 'PUT /a?b=c HTTP/1.1\r\nHost: h\r\nX-Odd:  spaced \r\nTransfer-Encoding: chunked\r\n\r\n';
  for (const byte of `${head}3\r\nabc\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n`) client.writeMore(byte);
  const answer = await client.answer();
  const [request] = backend.requests;
  expect(request?.rawHead).toBe(head);
  expect(request?.body.toString()).toBe('abc0123456789abcdef');
  expect(request?.state).toBe('answered');
  expect(JSON.parse(answer.body.toString())).toMatchObject({
    member: 'm',
    method: 'PUT',
    target: '/a?b=c',
    bodyBytes: 19,
    bodySha256: createHash('sha256').update('abc0123456789abcdef').digest('hex'),
  });
});

it.each(['length', 'chunked', 'close'] as const)(
  'sends large bodies by %s, and pipelined answers in order',
  async (framing) => {
    const { client } = await pair();
    client.write(`GET /?size=300000&framing=${framing} HTTP/1.1\r\nHost: h\r\n\r\n`);
    if (framing !== 'close') client.write('GET /?size=5 HTTP/1.1\r\nHost: h\r\n\r\n');
    expect((await client.answer()).body.equals(patternBytes(300_000))).toBe(true);
    if (framing !== 'close') expect((await client.answer(1)).body.toString()).toBe('01234');
  },
);

it('knows answers without a body', async () => {
  const { client } = await pair();
  client.write('HEAD /?size=9 HTTP/1.1\r\nHost: h\r\n\r\n', 'HEAD');
  client.write('GET /?status=204 HTTP/1.1\r\nHost: h\r\n\r\n');
  client.write('GET /?status=304 HTTP/1.1\r\nHost: h\r\n\r\n');
  expect(headerOf(await client.answer(), 'content-length')).toBe('9');
  expect((await client.answer(1)).status).toBe(204);
  expect((await client.answer(2)).status).toBe(304);
});

it('tells a client that goes away, and a member that cuts its answer, from complete ones', async () => {
  const cut = {
    kind: 'raw',
    bytes: 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf',
    ending: 'reset',
  } as const;
  const { backend, client } = await pair({
    script: ({ target }) => (target === '/cut' ? cut : { kind: 'silence' }),
  });
  client.write('GET /cut HTTP/1.1\r\nHost: h\r\n\r\n');
  expect(await client.ended()).toBe('reset');
  expect(client.answers[0]?.isComplete ?? false).toBe(false);
  const leaver = await openRawClient({ host: backend.address, port: backend.port });
  leaver.write('GET /wait HTTP/1.1\r\nHost: h\r\n\r\n');
  await backend.until(() => backend.requests.length === 2, 'the second request');
  leaver.reset();
  await backend.until(() => backend.requests[1]?.state === 'aborted', 'an abort');
});
