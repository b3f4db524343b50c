import {
  aCertificate,
  aListener,
  aLoadBalancer,
  type BuiltListener,
  type Elbow,
  expectStatus,
  freeAddress,
  openRawClient,
  scriptedBackend,
  type ScriptedBackend,
  serverName,
  startElbow,
  testAuthority,
  watchMembers,
} from '@elbow/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forThisTest } from './for-this-test.ts';

// Backend subnets: connections to members come from addresses of the load balancer's own, which can run out.

const octet = 1 + (process.pid % 60) * 4;
const wide = `127.77.${octet}.0/26`;
const tiny = `127.77.${octet + 1}.0/30`;
const spare = `127.77.${octet + 2}.0/29`;

let elbow: Elbow;
beforeAll(async () => {
  // One worker, so that turns are exact.
  elbow = await startElbow({ workers: 1, arguments: ['--backend-subnets', [wide, tiny, spare].join(',')] });
});
afterAll(() => elbow?.stop());

interface SubnetUse {
  readonly network_id: string;
  readonly cidr: string;
  readonly total: number;
  readonly used: number;
  readonly free: number;
}

async function subnet(cidr: string): Promise<SubnetUse> {
  const { json } = expectStatus(await elbow.api.call('GET', '/elbow/v1/subnets'), 200);
  return json.subnets.find((each: SubnetUse) => each.cidr === cidr);
}

const hostsOf = (cidr: string, ...hosts: readonly number[]): readonly string[] =>
  hosts.map((host) => cidr.replace(/\d+\/\d+$/, String(host)));

/** Closes after each answer, so that each request brings a connection of its own. */
const aMember = (address = freeAddress()): Promise<ScriptedBackend> =>
  forThisTest(scriptedBackend({ script: () => ({ kind: 'answer', body: 'ok', closes: true }), address }));

/** Of a load balancer whose connections come from this subnet. */
async function plainListener(cidr: string, ...members: readonly ScriptedBackend[]): Promise<BuiltListener> {
  const loadBalancer = { elb_virsubnet_ids: [(await subnet(cidr)).network_id] };
  return aListener(elbow, { members, protocol: 'HTTP', port: 8080, loadBalancer });
}

async function askTimes(built: BuiltListener, count: number): Promise<void> {
  const client = await built.connect();
  for (let at = 0; at < count; at++) {
    client.write(`GET /${at} HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`);
    expect((await client.answer(at)).status).toBe(200);
  }
  client.close();
}

const peersOf = ({ requests }: ScriptedBackend): readonly string[] => requests.map(({ peer }) => peer);

describe('connections to members', () => {
  it('come from the addresses of the load balancer, by turns', async () => {
    const before = await subnet(wide);
    const member = await aMember();
    const built = await aListener(elbow, {
      members: [member],
      loadBalancer: { elb_virsubnet_ids: [before.network_id] },
    });
    expect((await subnet(wide)).used).toBe(before.used + 3);
    await askTimes(built, 9);
    const peers = peersOf(member);
    const own = new Set(peers);
    expect(own.size).toBe(3);
    for (const address of own) {
      expect(address.startsWith(wide.replace('0/26', ''))).toBe(true);
      expect(peers.filter((peer) => peer === address)).toHaveLength(3);
    }
    const { json } = expectStatus(
      await elbow.api.call('GET', `loadbalancers/${built.loadBalancer.id}/local-ports`),
      200,
    );
    expect(new Set(json.ports.map((port: { ip_address: string }) => port.ip_address))).toEqual(own);
  });

  it('of two load balancers never come from the same address', async () => {
    const members = [await aMember(), await aMember()];
    for (const member of members) await askTimes(await plainListener(wide, member), 4);
    const [one, other] = members.map((member) => new Set(peersOf(member)));
    expect([one?.size, other?.size]).toEqual([2, 2]);
    expect([...one!].filter((address) => other!.has(address))).toEqual([]);
  });

  it('of two load balancers that share a pool come from the one that is asked', async () => {
    const member = await forThisTest(scriptedBackend());
    const one = await plainListener(wide, member);
    const other = await plainListener(wide);
    await elbow.api.update('listener', other.listener.id, { default_pool_id: one.pool.id });
    // This member keeps connections, which must not serve the other load balancer.
    await askTimes(one, 2);
    const first = new Set(peersOf(member));
    member.forget();
    await askTimes(other, 2);
    expect(peersOf(member).filter((address) => first.has(address))).toEqual([]);
  });

  it('to members of another family come from where the host likes', async () => {
    const member = await aMember('::1');
    const built = await plainListener(wide, member);
    await askTimes(built, 2);
    expect(peersOf(member)).toEqual(['::1', '::1']);
  });

  it('for health checks come from one of them', async () => {
    const member = await aMember();
    const built = await plainListener(spare, member);
    await watchMembers(elbow, built.pool.id);
    await member.until(() => member.requests.length > 0, 'a check');
    expect(hostsOf(spare, 1, 2, 3, 4, 5, 6)).toContain(peersOf(member)[0]);
    await elbow.api.call('DELETE', `loadbalancers/${built.loadBalancer.id}/force-elb`);
  });
});

describe('a subnet that is full', () => {
  it('refuses an HTTPS listener, naming itself, until the load balancer gets another one', async () => {
    const small = await subnet(tiny);
    expect(small).toMatchObject({ total: 2, used: 0, free: 2 });
    const { network_id: second } = await subnet(spare);
    const owner = await aLoadBalancer(elbow, { elb_virsubnet_ids: [small.network_id] });
    expect(await subnet(tiny)).toMatchObject({ used: 2, free: 0 });
    const certificate = await aCertificate(elbow);
    const listener = {
      loadbalancer_id: owner.id,
      protocol: 'HTTPS',
      protocol_port: 8443,
      default_tls_container_ref: certificate.id,
    };
    const refused = await elbow.api.call('POST', 'listeners', { listener });
    expect([refused.status, refused.json.error_code]).toEqual([400, 'ELB.8934']);
    expect(refused.json.error_msg).toContain('1 more IP address is needed');
    expect(refused.json.error_msg).toContain(`subnet ${tiny} (network ${small.network_id}): 0 free`);
    expect(await elbow.api.list('listener', `?loadbalancer_id=${owner.id}`)).toEqual([]);

    const networks = [small.network_id, second];
    const changed = await elbow.api.update('loadbalancer', owner.id, { elb_virsubnet_ids: networks });
    expect(changed['elb_virsubnet_ids']).toEqual(networks);
    const made = await elbow.api.create('listener', listener);
    expect(await subnet(spare)).toMatchObject({ used: 1 });

    const member = await aMember();
    const pool = await elbow.api.create('pool', {
      listener_id: made.id,
      protocol: 'HTTP',
      lb_algorithm: 'ROUND_ROBIN',
    });
    await elbow.api.addMember(pool.id, { address: member.address, protocol_port: member.port });
    const vip: string = owner['vip_address'];
    for (let at = 0; at < 3; at++) await askOnOwnConnection(vip, 8443);
    expect(new Set(peersOf(member))).toEqual(new Set([...hostsOf(tiny, 1, 2), ...hostsOf(spare, 1)]));

    const dropped = await elbow.api.call('PUT', `loadbalancers/${owner.id}`, {
      loadbalancer: { elb_virsubnet_ids: [second] },
    });
    expect([dropped.status, dropped.json.error_code]).toEqual([409, 'ELB.8907']);
    expect(dropped.json.error_msg).toContain(small.network_id);

    await elbow.api.call('DELETE', `listeners/${made.id}/force`);
    expect(await subnet(spare)).toMatchObject({ used: 0 });
    await elbow.api.remove('loadbalancer', owner.id);
    expect(await subnet(tiny)).toMatchObject({ used: 0, free: 2 });
  });

  it('refuses a load balancer, and takes one again when another one has gone', async () => {
    const { network_id: id } = await subnet(tiny);
    const first = await aLoadBalancer(elbow, { elb_virsubnet_ids: [id] });
    const loadbalancer = { availability_zone_list: ['az1'], elb_virsubnet_ids: [id] };
    const refused = await elbow.api.call('POST', 'loadbalancers', { loadbalancer });
    expect([refused.status, refused.json.error_code]).toEqual([400, 'ELB.8934']);
    expect(refused.json.error_msg).toContain('2 more IP addresses are needed');
    await elbow.api.remove('loadbalancer', first.id);
    const again = await elbow.api.create('loadbalancer', loadbalancer);
    await elbow.api.remove('loadbalancer', again.id);
  });

  it('does not keep plain HTTP listeners away', async () => {
    const built = await plainListener(tiny);
    expect(await subnet(tiny)).toMatchObject({ used: 2 });
    expectStatus(await elbow.api.call('DELETE', `loadbalancers/${built.loadBalancer.id}/force-elb`), 204);
  });
});

describe('the subnets of a load balancer', () => {
  it('are the first of the settings when it names none', async () => {
    const made = await aLoadBalancer(elbow);
    expect(made['elb_virsubnet_ids']).toEqual([(await subnet(wide)).network_id]);
    expect(made['elb_virsubnet_type']).toBe('ipv4');
  });

  it('must be backend subnets of the settings', async () => {
    const { json } = await elbow.api.call('GET', '/elbow/v1/subnets');
    const frontend = json.subnets.find(({ is_backend }: { is_backend: boolean }) => !is_backend);
    const answer = await elbow.api.call('POST', 'loadbalancers', {
      loadbalancer: { availability_zone_list: ['az1'], elb_virsubnet_ids: [frontend.network_id] },
    });
    expect([answer.status, answer.json.error_code]).toEqual([404, 'ELB.8904']);
  });

  it('and its addresses outlive a restart', async () => {
    const member = await aMember();
    const built = await plainListener(spare, member);
    await askTimes(built, 2);
    const before = new Set(peersOf(member));
    member.forget();
    await elbow.kill9Everything();
    await elbow.start();
    await askTimes(built, 2);
    expect(new Set(peersOf(member))).toEqual(before);
  });
});

/** One request on a connection of its own. */
async function askOnOwnConnection(host: string, port: number): Promise<void> {
  const { certificatePem: ca } = await testAuthority();
  const client = await openRawClient({ host, port, tls: { ca, servername: serverName } });
  client.write(`GET / HTTP/1.1\r\nHost: ${serverName}\r\n\r\n`);
  expect((await client.answer()).status).toBe(200);
  client.close();
}
