import { aListener, expectStatus, scriptedBackend, startElbow } from '@elbow/testkit';
import type { Elbow, ScriptedBackend } from '@elbow/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

// A deleted load balancer can be brought back, with its address, its listeners and its traffic.

let elbow: Elbow;
let member: ScriptedBackend;
beforeAll(async () => {
  elbow = await startElbow({ workers: 1 });
  member = await scriptedBackend();
  const on = { recycle_bin: { enable: true } };
  expectStatus(await elbow.api.call('PUT', 'recycle-bin', on), 200);
});
afterAll(async () => {
  await elbow?.stop();
  await member?.stop();
});

it.each(['', '/force-elb'])(
  'after DELETE …%s nothing is served, after recover everything is',
  async (ending) => {
    const web = await aListener(elbow, { members: [member] });
    const { id } = web.loadBalancer;
    expect((await web.curl('/first')).code).toBe(0);
    expectStatus(await elbow.api.call('DELETE', `loadbalancers/${id}${ending}`), 204);
    expectStatus(await elbow.api.call('GET', `loadbalancers/${id}`), 404);
    // curl's code for a refused connection
    expect((await web.curl('/gone')).code).toBe(7);
    const bin = expectStatus(await elbow.api.call('GET', 'recycle-bin/loadbalancers'), 200).json;
    expect(bin.loadbalancers).toMatchObject([{ id, provisioning_status: 'RECYCLING', vip_address: web.vip }]);

    const back = expectStatus(await elbow.api.call('PUT', `recycle-bin/loadbalancers/${id}/recover`), 200);
    const job = expectStatus(await elbow.api.call('GET', `jobs/${back.json.job_id}`), 200).json.job;
    expect(job).toMatchObject({ status: 'SUCCESS', resource_id: id });
    const { stdout, code } = await web.curl('/back');
    expect([code, stdout]).toEqual([0, expect.stringContaining('/back')]);
    expect(await elbow.api.show('listener', web.listener.id)).toMatchObject({ loadbalancers: [{ id }] });
  },
);

it('what lies in the bin survives a restart of the process', async () => {
  const web = await aListener(elbow, { members: [member], port: 8444 });
  const { id } = web.loadBalancer;
  expectStatus(await elbow.api.call('DELETE', `loadbalancers/${id}`), 204);
  const { control } = await elbow.pids();
  await elbow.kill9('control');
  await elbow.untilReplaced('control', control);
  await elbow.untilReady();
  expectStatus(await elbow.api.call('PUT', `recycle-bin/loadbalancers/${id}/recover`), 200);
  expect((await web.curl('/again')).code).toBe(0);
});
