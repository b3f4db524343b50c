import { createHash } from 'node:crypto';
import {
  aCertificate,
  aListener,
  type BuiltListener,
  type Elbow,
  openRawClient,
  patternBytes,
  runCommand,
  runLoad,
  scriptedBackend,
  type ScriptedBackend,
  serverName,
  startElbow,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Flavors bound a load balancer: all of its listeners and workers share what there is.

let elbow: Elbow;
let member: ScriptedBackend;
beforeAll(async () => {
  elbow = await startElbow({ workers: 4 });
  member = await scriptedBackend();
  member.script = ({ target }) =>
    target === '/large' ? { kind: 'answer', body: LARGE_BYTES } : { kind: 'answer', body: 'small' };
});
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

/** `L7_flavor.elb.s1.small`: new connections 2,000 or 200 over TLS a second, requests 4,000 or 2,000, 50 Mbit/s. */
const smallest = '5b1d8c02-5a0c-4c6e-9c3f-000000000701';
const BYTES_PER_SECOND = 50_000_000 / 8;
const LARGE_BYTES = 5_000_000;
/** What may pass at once, and the last pieces, which leave when their turn begins. */
const AHEAD_BYTES = BYTES_PER_SECOND / 10 + 4 * 64 * 1024;

interface Pair {
  readonly plain: BuiltListener;
  /** Of the same load balancer, over TLS. */
  readonly securePort: number;
}

/** An HTTP and an HTTPS listener of one load balancer. */
async function aPair(flavor: string | null = smallest): Promise<Pair> {
  const plain = await aListener(elbow, {
    members: [member],
    protocol: 'HTTP',
    port: 8080,
    loadBalancer: flavor === null ? {} : { l7_flavor_id: flavor },
  });
  const certificate = await aCertificate(elbow);
  await elbow.api.create('listener', {
    loadbalancer_id: plain.loadBalancer.id,
    protocol: 'HTTPS',
    protocol_port: 8443,
    default_tls_container_ref: certificate.id,
    default_pool_id: plain.pool.id,
    http2_enable: true,
  });
  return { plain, securePort: 8443 };
}

/** Says something that is not TLS: one that is let in gets a page either way. */
async function isAdmitted(host: string, port: number): Promise<boolean> {
  const client = await openRawClient({ host, port }).catch(() => null);
  if (client === null) return false;
  client.write(`GET / HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`);
  await client.until(() => client.answers[0]?.isComplete === true || client.ending !== null, 'an outcome');
  const { ending } = client;
  const isAnswered = client.answers[0]?.isComplete === true;
  client.close();
  expect(isAnswered || ending === 'reset').toBe(true);
  return isAnswered;
}

describe('new connections', () => {
  it('of both protocols share a second: one over TLS takes as much of it as ten others', async () => {
    const { plain, securePort } = await aPair();
    const startedMs = performance.now();
    const knocks = Array.from({ length: 600 }, (_, at) => {
      const isSecure = at % 2 === 0;
      return isAdmitted(plain.vip, isSecure ? securePort : plain.port).then((isIn) => ({ isSecure, isIn }));
    });
    const admitted = (await Promise.all(knocks)).filter(({ isIn }) => isIn);
    const seconds = (performance.now() - startedMs) / 1000;
    const shares = admitted.reduce((sum, { isSecure }) => sum + (isSecure ? 10 : 1), 0);
    // A second's worth at once, and what came up since.
    expect(shares).toBeLessThanOrEqual(2000 * (1 + seconds) + 10);
    // It does not refuse more than it has to: what was let in is not less than one second holds.
    expect(shares).toBeGreaterThanOrEqual(1990);
  });
});

describe('requests', () => {
  it('of two listeners share a second, and those above it get 503', async () => {
    const { plain, securePort } = await aPair();
    const before = member.requests.length;
    const startedMs = performance.now();
    const [open, secure] = await Promise.all([
      runLoad({ url: `http://${plain.vip}:${plain.port}/`, clients: 4, requests: 6000 }),
      runLoad({ url: `https://${plain.vip}:${securePort}/`, clients: 4, requests: 4000 }),
    ]);
    const seconds = (performance.now() - startedMs) / 1000;
    for (const result of [open, secure]) {
      expect(result.errored + result.timedOut).toBe(0);
      expect(result.statuses['2xx']! + result.statuses['5xx']!).toBe(result.total);
    }
    const passed = { open: open.statuses['2xx']!, secure: secure.statuses['2xx']! };
    expect(passed.open + 2 * passed.secure).toBeLessThanOrEqual(4000 * (1 + seconds) + 2);
    // Refused ones reach no member.
    expect(member.requests.length - before).toBe(passed.open + passed.secure);
  });
});

describe('bandwidth', () => {
  const words = ['-sS', '--noproxy', '*', '--insecure', '--max-time', '60'];

  async function downloads(urls: readonly (readonly string[])[]): Promise<number> {
    const startedMs = performance.now();
    const sums = await Promise.all(
      urls.map(async (url) => {
        const { stdout } = await runCommand('sh', ['-c', 'curl "$@" | sha256sum', 'sh', ...words, ...url], {
          timeoutMs: 60_000,
        });
        return stdout.slice(0, 64);
      }),
    );
    const whole = createHash('sha256').update(patternBytes(LARGE_BYTES)).digest('hex');
    expect(sums).toEqual(urls.map(() => whole));
    return (performance.now() - startedMs) / 1000;
  }

  it('to clients is shared by all listeners, whatever they speak, and loses nothing', async () => {
    const { plain, securePort } = await aPair();
    const seconds = await downloads([
      [`http://${plain.vip}:${plain.port}/large`],
      ['--http1.1', `https://${plain.vip}:${securePort}/large`],
      ['--http2', `https://${plain.vip}:${securePort}/large`],
    ]);
    expect(seconds).toBeGreaterThanOrEqual((3 * LARGE_BYTES - AHEAD_BYTES) / BYTES_PER_SECOND);
  });

  it('from clients is bounded as well, and members get every byte', async () => {
    const { plain, securePort } = await aPair();
    const input = patternBytes(LARGE_BYTES);
    const startedMs = performance.now();
    const answers = await Promise.all(
      [`http://${plain.vip}:${plain.port}/up`, `https://${plain.vip}:${securePort}/up`].map((url) =>
        runCommand('curl', [...words, '--data-binary', '@-', url], { input, timeoutMs: 60_000 }),
      ),
    );
    const seconds = (performance.now() - startedMs) / 1000;
    expect(answers.map(({ stdout }) => stdout)).toEqual(['small', 'small']);
    const seen = member.requests.filter(({ target }) => target === '/up');
    const whole = createHash('sha256').update(input).digest('hex');
    expect(seen.map(({ bodySha256 }) => bodySha256)).toEqual([whole, whole]);
    expect(seconds).toBeGreaterThanOrEqual((2 * LARGE_BYTES - AHEAD_BYTES) / BYTES_PER_SECOND);
  });

  it('follows a change of the flavor while a client is connected', async () => {
    const { plain } = await aPair();
    const client = await openRawClient({ host: plain.vip, port: plain.port });
    const elastic = '5b1d8c02-5a0c-4c6e-9c3f-000000000707';
    await elbow.api.update('loadbalancer', plain.loadBalancer.id, { l7_flavor_id: elastic });
    const { json } = await elbow.api.call('GET', `/elbow/v1/listeners/${plain.listener.id}/limits`);
    expect(json.limits.effective.bandwidth).toBe(10_000_000);
    client.write(`GET /large HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`);
    await client.until(() => client.answers[0]?.isComplete === true, 'the answer');
    expect(client.answers[0]?.body.length).toBe(LARGE_BYTES);
    client.close();
  });
});
