import { topologyToWire } from '@elbow/api';
import { type Listener, notFound, type Pool, poolIdsOf } from '@elbow/model';
import { findOwned } from '../crud/crud.ts';
import { rulesOfPolicies } from '../policies/l7-relations.ts';
import { publicIpIdOf } from './public-ips.ts';
import { Refusal } from '../crud/refusal.ts';
import type { Answer, Call, ServiceContext } from '../crud/service-context.ts';

/** What requests of a load balancer can pass through, or the part of it that the query names. */
export function showTopology(context: ServiceContext, { params, projectId, query }: Call): Promise<Answer> {
  return context.store.read(async (reader) => {
    const id = params['loadbalancer_id'] ?? '';
    const loadBalancer = await findOwned(reader, 'loadBalancer', { id, projectId });
    if (loadBalancer === null) throw new Refusal(notFound('loadbalancer', id.slice(0, 64)));
    const all = await reader.list('listener', { where: { loadBalancerId: [id] } });
    const listeners = all.filter((listener) => isAskedListener(query, listener));
    const policies = await reader.list('l7Policy', { where: { listenerId: listeners.map((row) => row.id) } });
    const poolIds = [...listeners.map(({ defaultPoolId }) => defaultPoolId), ...policies.flatMap(poolIdsOf)];
    const pools = await reader.list('pool', { where: { id: poolIds.filter((poolId) => poolId !== null) } });
    const topology = topologyToWire({
      loadBalancer,
      publicIpId: publicIpIdOf(context, loadBalancer.publicAddress),
      listeners,
      pools: pools.filter((pool) => isAskedPool(query, pool)),
      policies,
      rules: await rulesOfPolicies(reader, policies),
    });
    return { status: 200, body: { topology } };
  });
}

function isAskedListener(query: URLSearchParams, { id, name, protocol, port }: Listener): boolean {
  return (
    isAsked(query, 'listener_id', id) &&
    isAsked(query, 'listener_name', name) &&
    isAsked(query, 'listener_protocol', protocol) &&
    isAsked(query, 'listener_protocol_port', String(port))
  );
}

function isAskedPool(query: URLSearchParams, { id, name }: Pool): boolean {
  return isAsked(query, 'pool_id', id) && isAsked(query, 'pool_name', name);
}

function isAsked(query: URLSearchParams, key: string, value: string): boolean {
  const wanted = query.getAll(key).filter((text) => text !== '');
  return wanted.length === 0 || wanted.includes(value);
}
