import { aListener, headerOf, openRawClient, scriptedBackend, serverName, startElbow } from '@elbow/testkit';
import type { BuiltListener, Elbow, ScriptedBackend, SeenRequest } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// What members are told of the client, and what a client cannot pretend.

let elbow: Elbow;
let member: ScriptedBackend;
let listener: BuiltListener;
const from = '127.9.8.7';
const names = [
  'X-Forwarded-ELB-IP',
  'X-Forwarded-Port',
  'X-Forwarded-For-Port',
  'X-Forwarded-ELB-ID',
  'X-Forwarded-Host',
  'X-Forwarded-Proto',
  'X-Real-IP',
] as const;
const lies = [...names, 'X-Forwarded-For'].map((name) => `${name}: lie\r\n`).join('');

beforeAll(async () => {
  elbow = await startElbow();
  member = await scriptedBackend();
  listener = await aListener(elbow, { members: [member] });
});
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

function change(insert_headers: object): Promise<unknown> {
  return elbow.api.update('listener', listener.listener.id, { insert_headers });
}

interface Seen {
  readonly request: SeenRequest;
  readonly clientPort: number;
}

/** What the member sees of a request that claims everything. */
async function seen(fields = lies, at = listener): Promise<Seen> {
  member.forget();
  const place =
    at.certificate === null ? openRawClient({ host: at.vip, port: at.port, from }) : at.connect({ from });
  const client = await place;
  const clientPort = client.socket.localPort ?? 0;
  client.write(`GET / HTTP/1.1\r\nHost: ${serverName}:8443\r\n${fields}\r\n`);
  await client.answer();
  client.close();
  return { request: member.requests[0]!, clientPort };
}

const truth = ({ clientPort }: Seen): Readonly<Record<string, string | undefined>> => ({
  'X-Forwarded-Port': '8443',
  'X-Forwarded-For-Port': String(clientPort),
  'X-Forwarded-ELB-ID': listener.loadBalancer.id,
  'X-Forwarded-Host': `${serverName}:8443`,
  'X-Forwarded-Proto': 'https',
  'X-Real-IP': from,
});

describe('the seven switches', () => {
  it('write the truth over what the client claims', async () => {
    await change(Object.fromEntries(names.map((name) => [name, true])));
    const found = await seen();
    for (const [name, value] of Object.entries(truth(found)))
      expect(headerOf(found.request, name), name).toBe(value);
    const lines = found.request.rawHead.toLowerCase();
    for (const name of names)
      expect(lines.split(`\r\n${name.toLowerCase()}:`).length, name).toBeLessThanOrEqual(2);
  });

  it('let it through where they are off', async () => {
    await change(Object.fromEntries(names.map((name) => [name, false])));
    const { request } = await seen();
    for (const name of names) expect(headerOf(request, name), name).toBe('lie');
    const honest = await seen('');
    for (const name of names) expect(headerOf(honest.request, name), name).toBeUndefined();
  });

  it('have their defaults: only the host', async () => {
    const fresh = await aListener(elbow, { members: [member] });
    const { request } = await seen('', fresh);
    expect(names.filter((name) => headerOf(request, name) !== undefined)).toEqual(['X-Forwarded-Host']);
    expect(fresh.listener['insert_headers']).toMatchObject({ 'X-Forwarded-Host': true, 'X-Real-IP': false });
  });

  it('change one by one', async () => {
    await change({ 'X-Real-IP': true });
    const { request } = await seen();
    expect([headerOf(request, 'X-Real-IP'), headerOf(request, 'X-Forwarded-Proto')]).toEqual([from, 'lie']);
  });
});

describe('X-Forwarded-For', () => {
  const mode = (value: string) => change({ 'X-Forwarded-For-Processing-Mode': value });

  it('has the peer appended to all lines of the client', async () => {
    await mode('append');
    const { request } = await seen('X-Forwarded-For: 1.1.1.1\r\nx-forwarded-for: 2.2.2.2\r\n');
    expect(headerOf(request, 'x-forwarded-for')).toBe(`1.1.1.1, 2.2.2.2, ${from}`);
    expect(headerOf((await seen('')).request, 'x-forwarded-for')).toBe(from);
  });

  it('is removed', async () => {
    await mode('remove');
    expect(headerOf((await seen()).request, 'x-forwarded-for')).toBeUndefined();
  });

  it('is preserved, and not made up', async () => {
    await mode('preserve');
    expect(headerOf((await seen()).request, 'x-forwarded-for')).toBe('lie');
    expect(headerOf((await seen('')).request, 'x-forwarded-for')).toBeUndefined();
  });
});

describe('transfer of the client address', () => {
  it('cannot be switched off', async () => {
    const body = { listener: { transparent_client_ip_enable: false } };
    const answer = await elbow.api.call('PUT', `listeners/${listener.listener.id}`, body);
    expect(answer.status).toBe(400);
    expect(answer.json.error_msg).toContain('listener.transparent_client_ip_enable');
    expect(listener.listener['transparent_client_ip_enable']).toBe(true);
  });
});
