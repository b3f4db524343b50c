import { startElbow, aListener, headerOf, scriptedBackend, serverName } from '@elbow/testkit';
import type { BuiltListener, Elbow, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

export interface TextField {
  readonly field: 'name' | 'description';
  /** Texts of allowed length that are refused for what they hold. */
  readonly refusedTexts: readonly string[];
}

const allowed: readonly (readonly [string, string])[] = [
  ['the empty text', ''],
  ['one character', 'x'],
  ['255 characters', 'x'.repeat(255)],
  ['255 characters beyond ASCII', '负'.repeat(255)],
  ['spaces at both ends, which stay', '  edge  '],
  ['quotes and backslashes', `"it's" \\ \u00e9`],
];

const wrong: readonly (readonly [string, unknown])[] = [
  ['256 characters', 'x'.repeat(256)],
  ['256 characters beyond ASCII', '负'.repeat(256)],
  ['a number', 5],
  ['a boolean', true],
  ['an object', { text: 'x' }],
  ['a list', ['x']],
];

/** The rows Name and Description: 0 to 255 characters of text, changed at any time without any effect on traffic. */
export function textFieldSuite({ field, refusedTexts }: TextField): void {
  let elbow: Elbow;
  let backend: ScriptedBackend;
  let built: BuiltListener;
  let port = 9000;
  const wrongValues = [...wrong, ...refusedTexts.map((text) => [JSON.stringify(text), text] as const)];

  beforeAll(async () => {
    elbow = await startElbow();
    backend = await scriptedBackend();
    built = await aListener(elbow, { members: [backend] });
  });
  afterAll(async () => {
    await elbow?.stop();
    await backend?.stop();
  });

  const createBody = (value: unknown): object => ({
    loadbalancer_id: built.loadBalancer.id,
    protocol: 'HTTPS',
    protocol_port: (port += 1),
    default_tls_container_ref: built.certificate?.id,
    [field]: value,
  });

  describe('on create', () => {
    it.each(allowed)('takes %s', async (_what, text) => {
      const listener = await elbow.api.create('listener', createBody(text));
      expect(listener[field]).toBe(text);
      expect((await elbow.api.show('listener', listener.id))[field]).toBe(text);
    });

    it('is the empty text when left out', async () => {
      const listener = await elbow.api.create('listener', createBody(undefined));
      expect(listener[field]).toBe('');
    });

    it.each(wrongValues)(`refuses %s with 400 that names it, and stores nothing`, async (_what, value) => {
      const before = await elbow.api.list('listener');
      const answer = await elbow.api.call('POST', 'listeners', { listener: createBody(value) });
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({
        error_code: 'ELB.8902',
        error_msg: expect.stringContaining(field),
      });
      expect(await elbow.api.list('listener')).toEqual(before);
    });

    it('need not be unique', async () => {
      const first = await elbow.api.create('listener', createBody('twin'));
      const second = await elbow.api.create('listener', createBody('twin'));
      const found = await elbow.api.list('listener', `?${field}=twin`);
      expect(found.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());
    });
  });

  describe('on update', () => {
    it.each(allowed)('takes %s', async (_what, text) => {
      await elbow.api.update('listener', built.listener.id, { [field]: text });
      expect((await elbow.api.show('listener', built.listener.id))[field]).toBe(text);
    });

    it('stays when the body does not name it', async () => {
      await elbow.api.update('listener', built.listener.id, { [field]: 'kept' });
      await elbow.api.update('listener', built.listener.id, { client_timeout: 30 });
      expect((await elbow.api.show('listener', built.listener.id))[field]).toBe('kept');
    });

    it.each(wrongValues)('refuses %s with 400 that names it, and changes nothing', async (_what, value) => {
      const before = await elbow.api.show('listener', built.listener.id);
      const answer = await elbow.api.call('PUT', `listeners/${built.listener.id}`, {
        listener: { [field]: value, client_timeout: 7 },
      });
      expect(answer.status).toBe(400);
      expect(answer.json.error_msg).toContain(field);
      expect(await elbow.api.show('listener', built.listener.id)).toEqual(before);
    });

    it('does not disturb a connection that is open', async () => {
      const client = await built.connect();
      client.write(`GET /before HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`);
      expect((await client.answer()).status).toBe(200);
      await elbow.api.update('listener', built.listener.id, { [field]: 'changed meanwhile' });
      client.write(`GET /after HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`);
      expect((await client.answer(1)).status).toBe(200);
      client.close();
      const [last] = backend.requests.slice(-1);
      expect(last?.target).toBe('/after');
      expect(last && headerOf(last, 'host')).toBe(serverName);
    });
  });
}
