import {
  aListener,
  aLoadBalancer,
  aCertificate,
  expectStatus,
  memberFields,
  scriptedBackend,
} from '@elbow/testkit';
import type { BuiltListener, Elbow, ScriptedBackend, WireResource } from '@elbow/testkit';

/** What conformance files of forwarding build with. */
export async function create(
  elbow: Elbow,
  path: string,
  singular: string,
  fields: object,
): Promise<WireResource> {
  return expectStatus(await elbow.api.call('POST', path, { [singular]: fields }), 201).json[singular];
}

export function aPolicy(elbow: Elbow, fields: object): Promise<WireResource> {
  return create(elbow, 'l7policies', 'l7policy', fields);
}

export async function changePolicy(elbow: Elbow, id: string, fields: object): Promise<WireResource> {
  return expectStatus(await elbow.api.call('PUT', `l7policies/${id}`, { l7policy: fields }), 200).json
    .l7policy;
}

/** A pool of its own for a member, not the default of anything. */
export async function aPoolOf(
  elbow: Elbow,
  lb: WireResource,
  member: ScriptedBackend,
): Promise<WireResource> {
  const fields = { loadbalancer_id: lb.id, protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN' };
  const pool = await elbow.api.create('pool', fields);
  await elbow.api.addMember(pool.id, memberFields(member));
  return pool;
}

export interface Routed {
  readonly listener: BuiltListener;
  /** Pools `g1`, `g2`, …, each with the member of that name. */
  readonly pools: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, ScriptedBackend>>;
  stop(): Promise<void>;
}

/** A listener whose default pool has the member `default`, and more pools with a member each. */
export async function routed(elbow: Elbow, names: readonly string[], fields: object = {}): Promise<Routed> {
  const fallback = await scriptedBackend({ name: 'default' });
  const listener = await aListener(elbow, { members: [fallback], fields });
  const members: Record<string, ScriptedBackend> = { default: fallback };
  const pools: Record<string, string> = { default: listener.pool.id };
  for (const name of names) {
    const member = await scriptedBackend({ name });
    members[name] = member;
    pools[name] = (await aPoolOf(elbow, listener.loadBalancer, member)).id;
  }
  const stop = async (): Promise<void> => {
    await Promise.all(Object.values(members).map((member) => member.stop()));
  };
  return { listener, pools, members, stop };
}

export function rule(type: string, compareType: string, value: string): object {
  return { type, compare_type: compareType, value };
}

export function conditions(type: string, key: string, ...values: readonly string[]): object {
  return { type, compare_type: 'EQUAL_TO', value: '', conditions: values.map((value) => ({ key, value })) };
}

export { aCertificate, aLoadBalancer };
