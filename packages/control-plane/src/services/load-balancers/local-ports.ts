import { localPortsToWire } from '@elbow/api';
import { invalidField, type LoadBalancer, notFound, sourcesPerZone } from '@elbow/model';
import { stableUuid } from '../../stable-uuid.ts';
import { findOwned } from '../crud/crud.ts';
import { knownZones } from './load-balancers.ts';
import { Refusal } from '../crud/refusal.ts';
import type { Answer, Call, ServiceContext } from '../crud/service-context.ts';
import { wiresMatching } from '../crud/wires-matching.ts';

const filters = ['port_id', 'ip_address', 'ipv6_address', 'type', 'virsubnet_id'];

/** Addresses from which a load balancer connects to its members. */
export async function listLocalPorts(context: ServiceContext, call: Call): Promise<Answer> {
  const row = await ownLoadBalancer(context, call, call.params['loadbalancer_id'] ?? '');
  const ports = localPortsToWire(row, (address) => stableUuid(`port:${row.id}:${address}`));
  return { status: 200, body: { ports: wiresMatching(ports, filters, call.query) } };
}

/**
 * How many addresses of its backend subnets a new load balancer would take, or, of the one that the query names, one
 * more HTTPS listener. Where the settings have no backend subnets it is none.
 */
export async function countPreoccupied(context: ServiceContext, call: Call): Promise<Answer> {
  const { query } = call;
  const id = query.get('loadbalancer_id') || null;
  if (id === null && query.get('scene') === 'UPGRADE')
    throw new Refusal(invalidField('loadbalancer_id', 'is required for the scene UPGRADE'));
  const total = id === null ? ofNew(context, query) : ofOneMore(await ownLoadBalancer(context, call, id));
  return { status: 200, body: { preoccupy_ip: { total: context.backendSubnets.length === 0 ? 0 : total } } };
}

function ofNew(context: ServiceContext, query: URLSearchParams): number {
  const known = knownZones(context);
  const wanted = query.getAll('availability_zone_id').filter((zone) => zone !== '');
  const stranger = wanted.find((zone) => !known.includes(zone));
  if (stranger !== undefined)
    throw new Refusal(invalidField('availability_zone_id', `unknown zone ${stranger.slice(0, 64)}`));
  return (wanted.length === 0 ? 1 : new Set(wanted).size) * sourcesPerZone(0);
}

function ofOneMore({ availabilityZones }: LoadBalancer): number {
  return availabilityZones.length * (sourcesPerZone(1) - sourcesPerZone(0));
}

async function ownLoadBalancer(
  { store }: ServiceContext,
  { projectId }: Call,
  id: string,
): Promise<LoadBalancer> {
  const row = await store.read((reader) => findOwned(reader, 'loadBalancer', { id, projectId }));
  if (row === null) throw new Refusal(notFound('loadbalancer', id.slice(0, 64)));
  return row;
}
