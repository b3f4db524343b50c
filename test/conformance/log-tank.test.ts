import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aListener, expectStatus, poll, scriptedBackend, startElbow } from '@elbow/testkit';
import type { BuiltListener, Elbow, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

// A log tank switches the access log of one load balancer on, and nothing else does where the settings say off.

let elbow: Elbow;
let member: ScriptedBackend;
let logged: BuiltListener;
let other: BuiltListener;

beforeAll(async () => {
  elbow = await startElbow({ workers: 1 });
  member = await scriptedBackend();
  logged = await aListener(elbow, { members: [member], protocol: 'HTTP', port: 8081 });
  other = await aListener(elbow, { members: [member], protocol: 'HTTP', port: 8082 });
});
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

function log(): string {
  const file = join(elbow.dataDir, 'log', 'access.log');
  return existsSync(file) ? readFileSync(file, 'latin1') : '';
}

async function ask(of: BuiltListener, path: string): Promise<void> {
  expect((await of.curl(path)).code).toBe(0);
}

it('lines of its load balancer are written from its creation until its deletion', async () => {
  await ask(logged, '/before');
  const fields = { loadbalancer_id: logged.loadBalancer.id, log_group_id: 'group', log_topic_id: 'topic' };
  const { json } = expectStatus(await elbow.api.call('POST', 'logtanks', { logtank: fields }), 201);
  await ask(other, '/elsewhere');
  await ask(logged, '/during');
  await poll(() => log().includes('/during'), { timeoutMs: 5000, what: 'the line of the request' });
  expect(log()).toContain(logged.listener.id);
  expect(await elbow.api.show('loadbalancer', logged.loadBalancer.id)).toMatchObject({
    log_group_id: 'group',
    log_topic_id: 'topic',
  });

  expectStatus(await elbow.api.call('DELETE', `logtanks/${json.logtank.id}`), 204);
  await ask(logged, '/after');
  // A tank of the other one: when its line is there, those before it would be too.
  const second = { ...fields, loadbalancer_id: other.loadBalancer.id };
  expectStatus(await elbow.api.call('POST', 'logtanks', { logtank: second }), 201);
  await ask(other, '/last');
  await poll(() => log().includes('/last'), { timeoutMs: 5000, what: 'the last line' });
  for (const path of ['/before', '/elsewhere', '/after']) expect(log()).not.toContain(path);
});
