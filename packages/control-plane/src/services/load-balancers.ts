import {
  loadBalancerFilters,
  loadBalancerToWire,
  parseLoadBalancerCreate,
  parseLoadBalancerUpdate,
  type LoadBalancerCreate,
  type LoadBalancerUpdate,
} from '@elbow/api';
import {
  applyProtection,
  checkBackendSubnets,
  checkDeletionProtection,
  checkFlavors,
  checkIpTargetSwitch,
  checkLoadBalancerIsUnused,
  checkNotAdminAddress,
  checkServesHttp,
  checkZones,
  chooseVip,
  type LoadBalancer,
  type Vip,
  type VipRequest,
} from '@elbow/model';
import type { Reader } from '@elbow/store';
import type { CrudDescriptor, NewBase } from './crud.ts';
import { refuseIf, valueOf } from './refusal.ts';
import { listenersOfPools, poolIdsByMemberAddress, poolsOfLoadBalancers } from './relations.ts';
import type { ServiceContext, Unit } from './service-context.ts';

export function loadBalancerDescriptor(
  context: ServiceContext,
): CrudDescriptor<'loadBalancer', LoadBalancerCreate, LoadBalancerUpdate> {
  return {
    kind: 'loadBalancer',
    singular: 'loadbalancer',
    plural: 'loadbalancers',
    idParam: 'loadbalancer_id',
    filters: loadBalancerFilters,
    parseCreate: parseLoadBalancerCreate,
    parseUpdate: parseLoadBalancerUpdate,
    build: (unit, wish, base) => build(context, unit, wish, base),
    change: (unit, row, wish) => change(context, unit, row, wish),
    beforeRemove,
    loadBalancersOf: async (_, row) => [row.id],
    toWire,
    related,
  };
}

async function build(
  context: ServiceContext,
  unit: Unit,
  wish: LoadBalancerCreate,
  base: NewBase,
): Promise<LoadBalancer> {
  refuseIf(
    checkZones(wish.availabilityZones, knownZones(context)),
    checkFlavors(wish),
    checkBackendSubnets(wish.backendSubnetIds ?? [], context.subnets),
  );
  const { vpcId, vipAddress, vipSubnetCidrId, backendSubnetIds, ...attributes } = wish;
  const vip = await pickVip(context, unit, { address: vipAddress, subnetId: vipSubnetCidrId });
  return {
    ...base,
    ...attributes,
    ...applyProtection(wish, {}),
    vpcId: vpcId ?? context.defaultVpcId,
    vipSubnetCidrId: vip.subnetId,
    vipAddress: vip.address,
    vipPortId: context.newId(),
    backendSubnetIds: backendSubnetIds ?? [networkOf(context, vip.subnetId)],
    enterpriseProjectId: '0',
  };
}

/** Zones are labels of nodes: this machine's, and those of nodes that have joined. */
export function knownZones({
  settings,
  fleet,
}: Pick<ServiceContext, 'settings' | 'fleet'>): readonly string[] {
  return [
    ...new Set([settings.availabilityZone, ...fleet.nodes().map(({ facts }) => facts.availabilityZone)]),
  ];
}

async function pickVip({ subnets }: ServiceContext, { writer }: Unit, request: VipRequest): Promise<Vip> {
  const others = await writer.list('loadBalancer', {});
  const taken = new Set(others.map(({ vipAddress }) => vipAddress).filter((address) => address !== null));
  return valueOf(chooseVip(request, subnets, taken));
}

function networkOf({ subnets }: ServiceContext, subnetId: string): string {
  return subnets.find(({ id }) => id === subnetId)?.networkId ?? subnetId;
}

async function change(
  context: ServiceContext,
  unit: Unit,
  row: LoadBalancer,
  wish: LoadBalancerUpdate,
): Promise<LoadBalancer> {
  const { vipAddress: _address, vipSubnetCidrId: _subnet, ...attributes } = wish;
  const vip = await changedVip(context, unit, row, wish);
  const changed: LoadBalancer = { ...row, ...attributes, ...vip, ...applyProtection(row, wish) };
  refuseIf(
    checkFlavors(changed),
    checkBackendSubnets(wish.backendSubnetIds ?? [], context.subnets),
    checkIpTargetSwitch(row.isIpTargetEnabled, changed.isIpTargetEnabled),
  );
  const listeners = await unit.writer.list('listener', { where: { loadBalancerId: [row.id] } });
  const { admin } = context.settings;
  if (listeners.length > 0) refuseIf(checkServesHttp(changed));
  refuseIf(...listeners.map(({ port }) => checkNotAdminAddress(port, changed.vipAddress, admin)));
  return changed;
}

type VipFields = Partial<Pick<LoadBalancer, 'vipAddress' | 'vipSubnetCidrId'>>;

/** The same subnet again is no change (clients resend it); another one brings a new address; null takes it away. */
async function changedVip(
  context: ServiceContext,
  unit: Unit,
  row: LoadBalancer,
  { vipAddress, vipSubnetCidrId }: LoadBalancerUpdate,
): Promise<VipFields> {
  if (vipSubnetCidrId === null && vipAddress === undefined)
    return { vipAddress: null, vipSubnetCidrId: null };
  const isSameSubnet = vipSubnetCidrId === undefined || vipSubnetCidrId === row.vipSubnetCidrId;
  const isSameAddress = vipAddress === undefined || vipAddress === row.vipAddress;
  if (isSameSubnet && isSameAddress) return {};
  const request = { address: vipAddress ?? null, subnetId: vipSubnetCidrId ?? null };
  const vip = await pickVip(context, unit, request);
  return { vipAddress: vip.address, vipSubnetCidrId: vip.subnetId };
}

/** Pools outlive the load balancer they were made for: without it they stand free. */
async function beforeRemove({ writer }: Unit, row: LoadBalancer): Promise<void> {
  const listeners = await writer.list('listener', { where: { loadBalancerId: [row.id] } });
  refuseIf(
    checkDeletionProtection(row),
    checkLoadBalancerIsUnused(
      row.id,
      listeners.map(({ id }) => id),
    ),
  );
  const pools = await writer.list('pool', { where: { loadBalancerId: [row.id] } });
  for (const pool of pools) await writer.update('pool', { ...pool, loadBalancerId: null });
}

async function toWire(reader: Reader, rows: readonly LoadBalancer[]) {
  const ids = rows.map(({ id }) => id);
  const listeners = await reader.list('listener', { where: { loadBalancerId: ids } });
  const pools = await poolsOfLoadBalancers(reader, ids, listeners);
  return rows.map((row) => {
    const own = listeners.filter(({ loadBalancerId }) => loadBalancerId === row.id);
    const used = new Set(own.map(({ defaultPoolId }) => defaultPoolId));
    const tied = pools.filter(({ id, loadBalancerId }) => loadBalancerId === row.id || used.has(id));
    return loadBalancerToWire(row, {
      listenerIds: own.map(({ id }) => id),
      poolIds: tied.map(({ id }) => id),
    });
  });
}

async function related(
  reader: Reader,
  relation: string,
  values: readonly string[],
): Promise<readonly string[]> {
  if (relation !== 'memberAddress') return [];
  const poolIds = await poolIdsByMemberAddress(reader, values);
  const pools = await reader.list('pool', { where: { id: poolIds } });
  const listeners = await listenersOfPools(reader, poolIds);
  const own = pools.map(({ loadBalancerId }) => loadBalancerId).filter((id) => id !== null);
  return [...own, ...listeners.map(({ loadBalancerId }) => loadBalancerId)];
}
