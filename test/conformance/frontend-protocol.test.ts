import {
  aCertificate,
  aListener,
  aLoadBalancer,
  headerOf,
  runCommand,
  scriptedBackend,
  serverName,
  startElbow,
} from '@elbow/testkit';
import type { ApiAnswer, BuiltListener, Elbow, ScriptedBackend, WireResource } from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Row "Frontend Protocol": what the load balancer speaks with clients. HTTPS is decrypted, members see plain HTTP.

let elbow: Elbow;
let backend: ScriptedBackend;
let https: BuiltListener;
let http: BuiltListener;
let spare: WireResource;
let certificate: WireResource;
let port = 9000;

beforeAll(async () => {
  elbow = await startElbow();
  backend = await scriptedBackend();
  https = await aListener(elbow, { members: [backend] });
  http = await aListener(elbow, { members: [backend], protocol: 'HTTP', port: 8080 });
  spare = await aLoadBalancer(elbow);
  certificate = await aCertificate(elbow);
});
afterAll(async () => {
  await elbow?.stop();
  await backend?.stop();
});

function create(fields: object): Promise<ApiAnswer> {
  const place = { loadbalancer_id: spare.id, protocol_port: (port += 1) };
  return elbow.api.call('POST', 'listeners', { listener: { ...place, ...fields } });
}

describe('HTTPS', () => {
  it('answers curl, which checks the certificate, and sends the member plain HTTP', async () => {
    backend.forget();
    const { code, stdout, stderr } = await https.curl(
      '/path?q=1',
      '-w',
      ' %{http_code} %{ssl_verify_result}',
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/ 200 0$/);
    expect(backend.requests.map(({ method, target, version }) => [method, target, version])).toEqual([
      ['GET', '/path?q=1', 'HTTP/1.1'],
    ]);
    expect(backend.requests[0] && headerOf(backend.requests[0], 'host')).toContain(serverName);
  });

  it.each(['-tls1_2', '-tls1_3'])('shakes hands with openssl s_client %s', async (version) => {
    const place = ['-connect', `${https.vip}:${https.port}`, '-servername', serverName];
    const { stdout } = await runCommand('openssl', ['s_client', ...place, version, '-brief'], {
      input: '',
    }).then(both);
    expect(stdout).toMatch(/TLSv1\.[23]/);
    expect(stdout).toContain(`CN = ${serverName}`);
  });

  it('is what TERMINATED_HTTPS is stored and served as', async () => {
    const built = await aListener(elbow, { members: [backend], fields: { protocol: 'TERMINATED_HTTPS' } });
    expect(built.listener['protocol']).toBe('HTTPS');
    expect((await built.curl('/', '-o', '/dev/null', '-w', '%{http_code}')).stdout).toBe('200');
  });

  it('needs a server certificate', async () => {
    const answer = await create({ protocol: 'HTTPS' });
    expect(answer.status).toBe(400);
    expect(answer.json.error_msg).toContain('default_tls_container_ref');
  });

  it('is refused on a load balancer that was made for network protocols only', async () => {
    const flavors = await elbow.api.call('GET', 'flavors');
    const l4 = flavors.json.flavors.find(({ type }: { type: string }) => type === 'L4');
    const network = await aLoadBalancer(elbow, { l4_flavor_id: l4.id });
    const fields = {
      loadbalancer_id: network.id,
      protocol: 'HTTPS',
      default_tls_container_ref: certificate.id,
    };
    const answer = await create(fields);
    expect(answer.status).toBe(400);
    expect(answer.json.error_msg).toMatch(/protocol|flavor/);
  });

  it('answers plain HTTP on its port with 400 that says so', async () => {
    const { stdout } = await runCommand('curl', [
      '-sS',
      '--noproxy',
      '*',
      '-w',
      '%{http_code}',
      `http://${https.vip}:${https.port}/`,
    ]);
    expect(stdout).toMatch(/400$/);
    expect(stdout).toMatch(/plain HTTP.*HTTPS/i);
  });
});

describe('HTTP', () => {
  it('answers curl, and the member sees the request', async () => {
    backend.forget();
    const { code, stdout } = await http.curl('/plain', '-o', '/dev/null', '-w', '%{http_code}');
    expect([code, stdout]).toEqual([0, '200']);
    expect(backend.requests.map(({ target }) => target)).toEqual(['/plain']);
  });

  it('does not answer a TLS handshake, and serves on', async () => {
    const words = ['s_client', '-connect', `${http.vip}:${http.port}`, '-brief'];
    expect((await runCommand('openssl', words, { input: '' })).code).not.toBe(0);
    expect((await http.curl('/', '-o', '/dev/null', '-w', '%{http_code}')).stdout).toBe('200');
  });
});

describe('other values', () => {
  it.each([
    ['TCP'],
    ['UDP'],
    ['TLS'],
    ['QUIC'],
    ['IP'],
    ['https'],
    ['HTTPS '],
    ['SPDY'],
    [''],
    [443],
    [null],
    [['HTTPS']],
    [undefined],
  ])('refuses %j with 400 that names the field, and stores nothing', async (protocol) => {
    const before = await elbow.api.list('listener');
    const answer = await create({ protocol, default_tls_container_ref: certificate.id });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({
      error_code: 'ELB.8902',
      error_msg: expect.stringContaining('protocol'),
    });
    expect(await elbow.api.list('listener')).toEqual(before);
  });
});

describe('change', () => {
  it.each(['HTTP', 'TCP', 'nonsense'])(
    'to %s is refused, and the listener serves as before',
    async (protocol) => {
      const before = await elbow.api.show('listener', https.listener.id);
      const answer = await elbow.api.call('PUT', `listeners/${https.listener.id}`, {
        listener: { protocol, name: 'half applied' },
      });
      expect(answer.status).toBe(400);
      expect(answer.json.error_msg).toContain('protocol');
      expect(await elbow.api.show('listener', https.listener.id)).toEqual(before);
      expect((await https.curl('/', '-o', '/dev/null', '-w', '%{http_code}')).stdout).toBe('200');
    },
  );
});

function both(result: { stdout: string; stderr: string }): { stdout: string } {
  return { stdout: result.stdout + result.stderr };
}
