import { type Elbow, expectStatus, scriptedBackend, type ScriptedBackend, startElbow } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forThisTest } from './for-this-test.ts';

// A place can be tried before it is a member: by every node, under the rules of members.

let elbow: Elbow;
beforeAll(async () => {
  elbow = await startElbow({ workers: 1 });
});
afterAll(() => elbow?.stop());

const aBackend = (): Promise<ScriptedBackend> => forThisTest(scriptedBackend());

function post(probe: Readonly<Record<string, unknown>>) {
  return elbow.api.call('POST', '/elbow/v1/probes', { probe });
}

interface FoundByNode {
  readonly node_id: string;
  readonly healthy: boolean;
  readonly reason_code: string | null;
  readonly outcome: string;
  readonly transcript: readonly { readonly at_ms: number; readonly text: string }[];
}

async function probe(wish: Readonly<Record<string, unknown>>): Promise<FoundByNode> {
  const { nodes } = expectStatus(await post(wish), 200).json.probe;
  expect(nodes).toHaveLength(1);
  return nodes[0];
}

const texts = ({ transcript }: FoundByNode): readonly string[] => transcript.map(({ text }) => text);

async function complaint(wish: Readonly<Record<string, unknown>>): Promise<string> {
  return expectStatus(await post(wish), 400).json.error_msg;
}

describe('a probe', () => {
  it('of TCP ends with the connection', async () => {
    const { address, port } = await aBackend();
    const found = await probe({ address, protocol_port: port, protocol: 'TCP' });
    expect(found).toMatchObject({ healthy: true, reason_code: null, outcome: 'healthy' });
    expect(found.node_id).not.toBe('');
    expect(texts(found)).toEqual([`connecting to ${address}:${port}`, 'connected', 'healthy']);
  });

  it('of HTTP asks for what was said and judges the code', async () => {
    const backend = await aBackend();
    const { address, port } = backend;
    backend.script = () => ({ kind: 'answer', status: 404 });
    const wish = {
      address,
      protocol_port: port,
      protocol: 'HTTP',
      url_path: '/up',
      domain_name: 'shop.example.test',
    };
    const found = await probe({ ...wish, expected_codes: '200-299' });
    expect(found).toMatchObject({ healthy: false, reason_code: 'RESPONSE_MISMATCH' });
    expect(found.outcome).toContain('with 404; expected 200-299');
    expect(texts(found)).toContain('sending GET /up HTTP/1.1 with Host: shop.example.test');
    expect(backend.requests.map(({ target }) => target)).toEqual(['/up']);
    expect(await probe({ ...wish, expected_codes: '404' })).toMatchObject({ healthy: true });
  });

  it('of a port where nobody listens says so', async () => {
    const backend = await scriptedBackend();
    const { address, port } = backend;
    await backend.stop();
    const found = await probe({ address, protocol_port: port, protocol: 'TCP' });
    expect(found).toMatchObject({ healthy: false, reason_code: 'CONNECT_REFUSED' });
    expect(texts(found).at(-1)).toBe(found.outcome);
  });

  it('gives a silent server no longer than its timeout', async () => {
    const backend = await aBackend();
    backend.script = () => ({ kind: 'silence' });
    const { address, port } = backend;
    const found = await probe({ address, protocol_port: port, protocol: 'HTTP', timeout: 1 });
    expect(found).toMatchObject({ healthy: false, reason_code: 'RECV_RESPONSE_TIMEOUT' });
  });

  it('leaves nothing behind', async () => {
    const { address, port } = await aBackend();
    await probe({ address, protocol_port: port, protocol: 'TCP' });
    expect(await elbow.api.list('pool')).toEqual([]);
  });
});

describe('refused are', () => {
  const usual = { protocol_port: 80, protocol: 'TCP' };

  it.each([
    ['169.254.169.254', 'which the settings do not allow'],
    ['fe80::1', 'which the settings do not allow'],
    ['0.0.0.0', 'is an unspecified address'],
    ['224.0.0.1', 'is a multicast address'],
    ['localhost', 'is a name of this machine itself'],
    ['a b', 'must be an IPv4 or IPv6 address or a host name'],
  ])('%s', async (address, reason) => {
    const said = await complaint({ ...usual, address });
    expect(said).toContain('invalid input for field probe.address: ');
    expect(said).toContain(reason);
  });

  it('the admin address of the installation', async () => {
    const [host = '', port = ''] = elbow.admin.split(':');
    expect(await complaint({ ...usual, address: host, protocol_port: Number(port) })).toContain(
      'is the admin address of this installation',
    );
  });

  it.each([
    ['probe.protocol', { protocol: 'UDP_CONNECT' }],
    ['probe.protocol_port', { protocol_port: 0 }],
    ['probe.timeout', { timeout: 11 }],
    ['probe.url_path', { protocol: 'HTTP', url_path: 'up' }],
    ['probe.expected_codes', { protocol: 'HTTP', expected_codes: '99' }],
    ['probe.weight', { weight: 1 }],
  ])('a wrong %s', async (field, wrong) => {
    expect(await complaint({ ...usual, address: '10.0.0.1', ...wrong })).toContain(field);
  });
});
