import {
  type L7Policy,
  type L7Rule,
  type Listener,
  type LoadBalancer,
  type Pool,
  poolIdsOf,
} from '@elbow/model';
import { l7RuleToWire } from '../l7-policy/l7-rule-wire.ts';

/** A load balancer and what its requests can pass through. */
export interface TopologyInput {
  readonly loadBalancer: LoadBalancer;
  /** Of its public address. */
  readonly publicIpId: string | null;
  readonly listeners: readonly Listener[];
  /** Every pool that the listeners and their policies send requests to. */
  readonly pools: readonly Pool[];
  readonly policies: readonly L7Policy[];
  readonly rules: readonly L7Rule[];
}

/** A graph: load balancer to listeners to pools, policies as labels of their edges. */
export function topologyToWire(input: TopologyInput) {
  return {
    nodes: {
      loadbalancers: [loadBalancerNode(input.loadBalancer)],
      eips: eipNodes(input),
      listeners: input.listeners.map(listenerNode),
      pools: input.pools.map(poolNode),
    },
    edges: [
      ...input.listeners.map(({ id }) => edge(['loadbalancer', input.loadBalancer.id], ['listener', id])),
      ...input.listeners.flatMap((listener) => defaultEdges(listener, input)),
      ...input.policies.flatMap((policy) => policyEdges(policy, input)),
    ],
    labels: { l7policies: input.policies.map((policy) => policyLabel(policy, input)) },
  };
}

function eipNodes({ loadBalancer: { publicAddress: address }, publicIpId }: TopologyInput) {
  if (address === null) return [];
  return [{ id: publicIpId ?? '', ip_address: address, ip_version: address.includes(':') ? 6 : 4 }];
}

function loadBalancerNode(row: LoadBalancer) {
  return {
    id: row.id,
    name: row.name,
    guaranteed: true,
    l4_flavor_id: row.l4FlavorId,
    l7_flavor_id: row.l7FlavorId,
    vip_address: row.vipAddress,
    ipv6_vip_address: null,
    availability_zone_list: row.availabilityZones,
  };
}

function listenerNode({ id, name, protocol, port }: Listener) {
  return { id, name, protocol, protocol_port: port, port_ranges: [] };
}

function poolNode({ id, name, protocol, type, algorithm }: Pool) {
  return { id, name, protocol, type, lb_algorithm: algorithm };
}

type End = readonly [type: 'loadbalancer' | 'listener' | 'pool', id: string];

function edge([sourceType, source]: End, [targetType, target]: End, policyId: string | null = null) {
  return {
    source,
    source_type: sourceType,
    target,
    target_type: targetType,
    label: policyId === null ? '' : 'l7policy',
    label_id: policyId,
  };
}

/** Only to what the picture shows: filters of the query leave pools out. */
function defaultEdges({ id, defaultPoolId }: Listener, { pools }: TopologyInput) {
  return pools
    .filter((pool) => pool.id === defaultPoolId)
    .map((pool) => edge(['listener', id], ['pool', pool.id]));
}

function policyEdges(policy: L7Policy, { pools, listeners }: TopologyInput) {
  const source: End = ['listener', policy.listenerId];
  const wanted = poolIdsOf(policy);
  const toPools = pools
    .filter(({ id }) => wanted.includes(id))
    .map(({ id }) => edge(source, ['pool', id], policy.id));
  const toListeners = listeners
    .filter(({ id }) => id === policy.redirectListenerId)
    .map(({ id }) => edge(source, ['listener', id], policy.id));
  return [...toPools, ...toListeners];
}

function policyLabel(policy: L7Policy, { rules }: TopologyInput) {
  return {
    id: policy.id,
    name: policy.name,
    priority: policy.priority,
    action: policy.action,
    admin_state_up: true,
    rules: rules.filter(({ policyId }) => policyId === policy.id).map(l7RuleToWire),
  };
}
