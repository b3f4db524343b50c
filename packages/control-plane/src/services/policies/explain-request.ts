import { type ExplainRequest, parseExplainRequest } from '@elbow/api';
import { compileLoadBalancer } from '@elbow/compiler';
import { invalidField, type Listener, type LoadBalancer, type Member, notFound } from '@elbow/model';
import { certificatesForName, type Chunk, type ListenerChunk } from '@elbow/plan';
import { AddressSet, addressIndex, compilePolicy, isAdmitted, PolicyIndex } from '@elbow/traffic';
import type { Reader } from '@elbow/store';
import { loadTree } from '../../reconcile/load-tree.ts';
import { findOwned } from '../crud/crud.ts';
import { explainDecision, type ExplainTable } from './explain-decision.ts';
import { memberStatuses } from '../pools/member-statuses.ts';
import { Refusal, valueOf } from '../crud/refusal.ts';
import type { Answer, Call, ServiceContext } from '../crud/service-context.ts';

/**
 * What would become of a request, and why: the stored objects are compiled as for a node, and the functions that the
 * data plane decides with are asked. Health is what nodes say at this moment.
 */
export function explainRequest(context: ServiceContext, call: Call): Promise<Answer> {
  const request = valueOf(parseExplainRequest(call.body));
  return context.store.read(async (reader) => {
    const listener = await listenerFor(reader, call, request);
    const tree = await loadTree(reader, listener.loadBalancerId);
    if (tree === null) throw new Refusal(notFound('loadbalancer', listener.loadBalancerId));
    // Names of chunks do not matter here, so that nothing has to be hashed.
    const chunks = [...compileLoadBalancer(tree, (text) => text).chunks.values()];
    const chunk = chunks.find((each) => each.kind === 'listener' && each.id === listener.id);
    if (chunk?.kind !== 'listener')
      throw new Refusal(invalidField('request.listener_id', `listener ${listener.id} cannot be served`));
    const statuses = await memberStatuses(reader, tree.members, context.fleet);
    const pools = poolsToWire(tree.members, (id) => statuses.get(id)?.operatingStatus ?? 'NO_MONITOR');
    return { status: 200, body: { explanation: explanationOf({ chunk, chunks, request }, pools) } };
  });
}

interface Compiled {
  readonly chunk: ListenerChunk;
  readonly chunks: readonly Chunk[];
  readonly request: ExplainRequest;
}

type PoolView = (poolId: string) => readonly object[];

function explanationOf({ chunk, chunks, request }: Compiled, pools: PoolView) {
  const { decision, ...rest } = explainDecision(tableOf(chunk, chunks), chunk, request);
  return {
    listener: {
      id: chunk.id,
      protocol: chunk.protocol,
      vip_address: chunk.address,
      protocol_port: chunk.port,
    },
    access: accessOf(chunk, chunks, request.from),
    certificates: chunk.tls === null ? [] : certificatesForName(chunk.tls, request.host),
    ...rest,
    decision,
    pools: decision.pools.map((share) => ({ ...share, members: pools(share.pool_id) })),
    mirrors: decision.mirrors.map((mirror) => ({ ...mirror, members: pools(mirror.pool_id) })),
  };
}

function tableOf(chunk: ListenerChunk, chunks: readonly Chunk[]): ExplainTable {
  const table = chunks.find((each) => each.kind === 'policyTable' && each.id === chunk.id);
  if (table?.kind !== 'policyTable') return { defaultPoolId: chunk.defaultPoolId, policies: null };
  const policies = new PolicyIndex();
  const blocks = new Map(chunks.flatMap((each) => (each.kind === 'policyBlock' ? [[each.id, each]] : [])));
  const entries = table.blockIds.flatMap((id) => blocks.get(id)?.policies ?? []);
  for (const [order, entry] of entries.entries()) policies.add(compilePolicy(entry, order));
  return { defaultPoolId: chunk.defaultPoolId, policies };
}

function accessOf({ access }: ListenerChunk, chunks: readonly Chunk[], from: string) {
  const sets = access.setIds.flatMap((id) => {
    const set = chunks.find((each) => each.kind === 'addressSet' && each.id === id);
    return set?.kind === 'addressSet' ? [{ id, set: new AddressSet(addressIndex(set.entries)) }] : [];
  });
  return {
    mode: access.mode,
    from,
    admitted: isAdmitted(
      access,
      sets.map(({ set }) => set),
      from,
    ),
    listed_in: sets.filter(({ set }) => set.has(from)).map(({ id }) => id),
  };
}

/** Members that may be chosen from, as nodes see them now. */
function poolsToWire(members: readonly Member[], statusOf: (id: string) => string): PoolView {
  const byPool = Map.groupBy(members, ({ poolId }) => poolId);
  return (poolId) =>
    (byPool.get(poolId) ?? []).map(({ id, address, port, weight }) => ({
      id,
      address,
      protocol_port: port,
      weight,
      operating_status: statusOf(id),
    }));
}

/** The listener that the URL leads to: named, or found by its VIP, or the only one with this protocol and port. */
async function listenerFor(reader: Reader, { projectId }: Call, request: ExplainRequest): Promise<Listener> {
  if (request.listenerId !== null) {
    const named = await findOwned(reader, 'listener', { id: request.listenerId, projectId });
    if (named === null) throw new Refusal(notFound('listener', request.listenerId));
    return named;
  }
  const listeners = await reader.list('listener', { projectId, where: { port: [request.port] } });
  const fitting = listeners.filter(({ protocol }) => protocol === request.protocol);
  const ids = fitting.map(({ loadBalancerId }) => loadBalancerId);
  const owners = ids.length === 0 ? [] : await reader.list('loadBalancer', { where: { id: ids } });
  const [first, ...others] = byAddress(fitting, owners, request.host);
  if (first === undefined)
    throw new Refusal(
      invalidField('request.url', `no ${request.protocol} listener has port ${request.port}`),
    );
  if (others.length > 0)
    throw new Refusal(
      invalidField(
        'request.listener_id',
        `is required: ${others.length + 1} listeners have port ${request.port}`,
      ),
    );
  return first;
}

function byAddress(
  listeners: readonly Listener[],
  owners: readonly LoadBalancer[],
  host: string,
): readonly Listener[] {
  const literal = host.replace(/^\[|\]$/g, '');
  const owner = owners.find(({ vipAddress }) => vipAddress === literal);
  return owner === undefined
    ? listeners
    : listeners.filter(({ loadBalancerId }) => loadBalancerId === owner.id);
}
