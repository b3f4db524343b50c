import { Agent, request } from 'node:http';
import { expectStatus, startElbow } from '@elbow/testkit';
import type { Elbow } from '@elbow/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

// Every create that was answered is there after the power cut, with many clients writing at once.

let elbow: Elbow;
let token: string;
beforeAll(async () => {
  elbow = await startElbow({ workers: 1, arguments: ['--quotas', 'pool=-1'] });
  const { username, password } = elbow.credentials;
  const identity = { methods: ['password'], password: { user: { name: username, password } } };
  const answer = await elbow.api.call('POST', '/v3/auth/tokens', { auth: { identity } });
  token = String(expectStatus(answer, 201).headers['x-subject-token']);
});
afterAll(() => elbow?.stop());

const connections = 16;
const creates = 1_500;

/** Creates a pool over a connection that stays open. @returns its id */
function createPool(agent: Agent, name: string): Promise<string> {
  const { endpoint, project_id: project } = elbow.credentials;
  const body = JSON.stringify({ pool: { name, protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', type: 'ip' } });
  const headers = { 'x-auth-token': token, 'content-type': 'application/json' };
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const outgoing = request(
    `${endpoint}/v3/${project}/elb/pools`,
    { method: 'POST', agent, headers },
    (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (bytes: Buffer) => parts.push(bytes));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        if (answer.statusCode === 201) resolve(JSON.parse(text).pool.id);
        else reject(new Error(`${answer.statusCode} ${text}`));
      });
    },
  );
  outgoing.on('error', reject);
  outgoing.end(body);
  return promise;
}

it('creates that were answered survive kill -9 of every process', {
  retry: 0,
  timeout: 120_000,
}, async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const acknowledged = new Set<string>();
  let isKilled = false;
  let begun = 0;
  const writers = Array.from({ length: connections }, async () => {
    while (!isKilled && begun < 2 * creates) {
      begun += 1;
      const id = await createPool(agent, `pool-${begun}`).catch((error: unknown) => {
        if (!isKilled) throw error;
        return null;
      });
      if (id !== null) acknowledged.add(id);
      if (acknowledged.size === creates && !isKilled) {
        isKilled = true;
        await elbow.kill9Everything();
      }
    }
  });
  await Promise.all(writers);
  agent.destroy();
  await elbow.start();
  const stored = new Set<string>();
  for (let marker = ''; ; ) {
    const { json } = expectStatus(await elbow.api.call('GET', `pools?limit=2000${marker}`), 200);
    for (const { id } of json.pools) stored.add(id);
    if (json.page_info.next_marker === undefined) break;
    marker = `&marker=${json.page_info.next_marker}`;
  }
  expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([]);
  expect(acknowledged.size).toBeGreaterThanOrEqual(creates);
});
