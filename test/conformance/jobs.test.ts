import { once } from 'node:events';
import { createServer } from 'node:net';
import { aLoadBalancer, expectStatus, startElbow } from '@elbow/testkit';
import type { Elbow } from '@elbow/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

// Work that makes or removes several objects is followed by its job, which outlives the process that did it.

let elbow: Elbow;
beforeAll(async () => {
  elbow = await startElbow({ workers: 1 });
});
afterAll(() => elbow?.stop());

async function jobOf(id: string) {
  return expectStatus(await elbow.api.call('GET', `jobs/${id}`), 200).json.job;
}

it('a batch is done when its job can be asked for, and the job is still there after kill -9', async () => {
  const fields = { availability_zone_list: ['az1'], number: 3, name: 'many' };
  const made = expectStatus(
    await elbow.api.call('POST', 'loadbalancers/batch-create', { loadbalancer: fields }),
    201,
  ).json;
  const job = await jobOf(made.job_id);
  expect(job).toMatchObject({ job_type: 'batchCreateV3Loadbalancer', status: 'SUCCESS', error_code: null });
  expect(job.begin_time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const parts = job.sub_jobs.map(({ entities }: { entities: readonly unknown[] }) => entities[0]);
  expect(parts).toEqual(
    made.loadbalancer_ids.map((id: string) => ({ resource_id: id, resource_type: 'loadbalancer' })),
  );
  for (const id of made.loadbalancer_ids) expect((await elbow.api.show('loadbalancer', id)).id).toBe(id);

  const { control } = await elbow.pids();
  await elbow.kill9('control');
  await elbow.untilReplaced('control', control);
  await elbow.untilReady();
  expect(await jobOf(made.job_id)).toEqual(job);
  const removal = { loadbalancer_ids: made.loadbalancer_ids };
  const gone = expectStatus(await elbow.api.call('POST', 'loadbalancers/batch-delete', removal), 200).json;
  expect(await jobOf(gone.job_id)).toMatchObject({ job_type: 'batchDeleteLoadbalancer', status: 'SUCCESS' });
  expect(await elbow.api.list('loadbalancer')).toEqual([]);
  const { jobs } = expectStatus(
    await elbow.api.call('GET', 'jobs?job_type=batchDeleteLoadbalancer'),
    200,
  ).json;
  expect(jobs.map((one: { job_id: string }) => one.job_id)).toEqual([gone.job_id]);
});

it('work that is refused leaves no job', async () => {
  const kept = await aLoadBalancer(elbow, { deletion_protection_enable: true });
  const before = expectStatus(await elbow.api.call('GET', 'jobs'), 200).json.jobs.length;
  const removal = { loadbalancer_ids: [kept.id] };
  expect((await elbow.api.call('POST', 'loadbalancers/batch-delete', removal)).status).toBe(409);
  expect(expectStatus(await elbow.api.call('GET', 'jobs'), 200).json.jobs).toHaveLength(before);
  expect((await elbow.api.show('loadbalancer', kept.id)).id).toBe(kept.id);
});

it('work whose result cannot be served is followed by a job that failed, with the reason', async () => {
  const source = await aLoadBalancer(elbow);
  const listener = { loadbalancer_id: source.id, protocol: 'HTTP', protocol_port: 9444 };
  await elbow.api.create('listener', listener);
  // Somebody else on this machine has the socket that the copy is to have.
  const other = createServer().listen(9444, '127.44.0.9');
  await once(other, 'listening');
  try {
    const target = { count: 1, target_loadbalancer_param: { vip_address: '127.44.0.9' } };
    const clone = await elbow.api.call('POST', `loadbalancers/${source.id}/clone`, target);
    const made = expectStatus(clone, 201).json;
    const job = await jobOf(made.job_id);
    expect(job).toMatchObject({ job_type: 'cloneLoadbalancer', status: 'FAIL', error_code: 'ELB.8906' });
    expect(job.error_msg).toMatch(/listener .*9444/);
    expect(job.sub_jobs).toHaveLength(1);
    const entities = [{ resource_id: made.loadbalancer_list[0].id, resource_type: 'loadbalancer' }];
    expect(job.sub_jobs[0]).toMatchObject({ status: 'FAIL', error_msg: job.error_msg, entities });
    const { jobs } = expectStatus(await elbow.api.call('GET', 'jobs?status=FAIL'), 200).json;
    expect(jobs.map((one: { job_id: string }) => one.job_id)).toEqual([made.job_id]);
    const listeners = await elbow.api.list('listener', `?loadbalancer_id=${made.loadbalancer_list[0].id}`);
    expect(listeners).toHaveLength(1);
  } finally {
    other.close();
  }
});
