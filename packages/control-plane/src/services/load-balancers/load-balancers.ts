import {
  loadBalancerFilters,
  loadBalancerSorts,
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
  checkSubnetsInUse,
  checkZones,
  chooseVip,
  familyOf,
  type LoadBalancer,
  type Subnet,
  usualBackendSubnets,
  type Vip,
  type VipRequest,
} from '@elbow/model';
import type { Reader } from '@elbow/store';
import type { CrudDescriptor, NewBase } from '../crud/crud.ts';
import { removePoliciesOf } from '../policies/l7-relations.ts';
import { keepInBin, recycledAddresses } from '../work/recycle-bin-store.ts';
import { refuseIf, valueOf } from '../crud/refusal.ts';
import { publicIpIdOf, takePublicAddress } from './public-ips.ts';
import { addressesOf, sourcesFor } from './source-addresses.ts';
import { loadBalancerRanks } from './status-ranks.ts';
import { listenersOfPools, poolIdsByMemberAddress, poolsOfLoadBalancers } from '../crud/relations.ts';
import type { ServiceContext, Unit } from '../crud/service-context.ts';

export function loadBalancerDescriptor(
  context: ServiceContext,
): CrudDescriptor<'loadBalancer', LoadBalancerCreate, LoadBalancerUpdate> {
  return {
    kind: 'loadBalancer',
    singular: 'loadbalancer',
    plural: 'loadbalancers',
    idParam: 'loadbalancer_id',
    filters: loadBalancerFilters,
    sorts: loadBalancerSorts,
    parseCreate: parseLoadBalancerCreate,
    parseUpdate: parseLoadBalancerUpdate,
    build: (unit, wish, base) => build(context, unit, wish, base),
    change: (unit, row, wish) => change(context, unit, row, wish),
    beforeRemove: (unit, row) => beforeRemove(context, unit, row),
    loadBalancersOf: async (_, row) => [row.id],
    toWire: (reader, rows) => toWire(context, reader, rows),
    sortKeys: (reader, _name, rows) => loadBalancerRanks(context.fleet, reader, rows),
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
    checkBackendSubnets(wish.backendSubnetIds ?? [], subnetsOfSources(context)),
  );
  const { vpcId, vipAddress, vipSubnetCidrId, backendSubnetIds, publicIpId, ...attributes } = wish;
  const vip = await pickVip(context, unit, { address: vipAddress, subnetId: vipSubnetCidrId });
  const row: LoadBalancer = {
    ...base,
    ...attributes,
    ...applyProtection(wish, {}),
    vpcId: vpcId ?? context.defaultVpcId,
    vipSubnetCidrId: vip.subnetId,
    vipAddress: vip.address,
    vipPortId: context.newId(),
    backendSubnetIds: backendSubnetIds ?? usualSubnets(context, vip.subnetId),
    sourceAddresses: [],
    publicAddress: publicIpId === null ? null : await takePublicAddress(context, unit.writer, publicIpId),
    enterpriseProjectId: '0',
  };
  return { ...row, sourceAddresses: await sourcesFor(context, unit.writer, row, 0) };
}

/** Without backend subnets in the settings the networks of the VIPs stand for them, as names alone. */
function subnetsOfSources({ subnets, backendSubnets }: ServiceContext): readonly Subnet[] {
  return backendSubnets.length > 0 ? backendSubnets : subnets;
}

function usualSubnets(context: ServiceContext, vipSubnetId: string): readonly string[] {
  const { backendSubnets } = context;
  return backendSubnets.length > 0 ? usualBackendSubnets(backendSubnets) : [networkOf(context, vipSubnetId)];
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

/** Addresses in the recycle bin stay taken, so that what lies there can come back. */
async function pickVip(
  { subnets, nowMs }: ServiceContext,
  { writer }: Unit,
  request: VipRequest,
): Promise<Vip> {
  const inUse = addressesOf(await writer.list('loadBalancer', {}));
  const taken = new Set([...inUse, ...(await recycledAddresses(writer, nowMs()))]);
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
    checkBackendSubnets(wish.backendSubnetIds ?? [], subnetsOfSources(context)),
    checkSubnetsInUse(row.sourceAddresses, changed.backendSubnetIds),
    checkIpTargetSwitch(row.isIpTargetEnabled, changed.isIpTargetEnabled),
  );
  const listeners = await unit.writer.list('listener', { where: { loadBalancerId: [row.id] } });
  const { admin } = context.settings;
  if (listeners.length > 0) refuseIf(checkServesHttp(changed));
  refuseIf(...listeners.map(({ port }) => checkNotAdminAddress(port, changed.vipAddress, admin)));
  const httpsListeners = listeners.filter(({ protocol }) => protocol === 'HTTPS').length;
  return { ...changed, sourceAddresses: await sourcesFor(context, unit.writer, changed, httpsListeners) };
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

/**
 * Pools outlive the load balancer they were made for: without it they stand free. Its listeners go to the bin with it,
 * where there is one.
 */
async function beforeRemove(context: ServiceContext, unit: Unit, row: LoadBalancer): Promise<void> {
  const { writer } = unit;
  refuseIf(checkDeletionProtection(row));
  const listeners = await writer.list('listener', { where: { loadBalancerId: [row.id] } });
  const ids = listeners.map(({ id }) => id);
  if (!(await keepInBin(context, unit, row))) refuseIf(checkLoadBalancerIsUnused(row.id, ids));
  for (const id of ids) await removePoliciesOf(writer, id);
  for (const id of ids) await writer.remove('listener', id);
  const pools = await writer.list('pool', { where: { loadBalancerId: [row.id] } });
  for (const pool of pools) await writer.update('pool', { ...pool, loadBalancerId: null });
}

async function toWire(context: ServiceContext, reader: Reader, rows: readonly LoadBalancer[]) {
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
      hasIpv6Subnet: hasIpv6Subnet(context, row),
      publicIpId: publicIpIdOf(context, row.publicAddress),
    });
  });
}

function hasIpv6Subnet(context: ServiceContext, { backendSubnetIds }: LoadBalancer): boolean {
  return subnetsOfSources(context).some(({ networkId, cidr }) => {
    return backendSubnetIds.includes(networkId) && familyOf(cidr) === 'v6';
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
