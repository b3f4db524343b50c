import { parsePublicIpChange } from '@elbow/api';
import { choosePublicAddress, conflict, type LoadBalancer, notFound, type PublicAddress } from '@elbow/model';
import type { Reader } from '@elbow/store';
import { inUnit } from '../crud/batch.ts';
import { requireOwned } from '../crud/crud.ts';
import { refuseIf, Refusal, valueOf } from '../crud/refusal.ts';
import type { Answer, Call, ServiceContext, Unit } from '../crud/service-context.ts';

/** The pool of public addresses, and which load balancer has which. Owners of other projects are not named. */
export async function listPublicIps(context: ServiceContext, { projectId }: Call): Promise<Answer> {
  const owners = await context.store.read(ownersOf);
  const body = context.publicAddresses.map((each) =>
    publicIpToWire(each, owners.get(each.address), projectId),
  );
  return { status: 200, body: { publicips: body } };
}

/** Gives a public address to a load balancer, or takes it away. */
export function updatePublicIp(context: ServiceContext, call: Call): Promise<Answer> {
  const { loadBalancerId } = valueOf(parsePublicIpChange(call.body));
  const id = call.params['publicip_id'] ?? '';
  const found = context.publicAddresses.find((each) => each.id === id);
  if (found === undefined) throw new Refusal(notFound('publicip', id.slice(0, 64)));
  return inUnit(context, call, 200, async (unit) => {
    const owner = (await ownersOf(unit.writer)).get(found.address);
    if (loadBalancerId === null && owner !== undefined) await release(context, unit, owner);
    if (loadBalancerId !== null && loadBalancerId !== owner?.id)
      await bind(context, unit, { loadBalancerId, found, owner });
    const now = (await ownersOf(unit.writer)).get(found.address);
    return { publicip: publicIpToWire(found, now, call.projectId) };
  });
}

interface Binding {
  readonly loadBalancerId: string;
  readonly found: PublicAddress;
  readonly owner: LoadBalancer | undefined;
}

async function bind(
  { nowMs }: ServiceContext,
  unit: Unit,
  { loadBalancerId, found, owner }: Binding,
): Promise<void> {
  const row = await requireOwned(unit, 'loadBalancer', loadBalancerId, 'loadbalancer');
  refuseIf(
    owner === undefined
      ? null
      : conflict(`public IP address ${found.address} is already in use by another load balancer`),
    (row.publicAddress ?? null) === null
      ? null
      : conflict(`load balancer ${row.id} already has public IP address ${row.publicAddress}`),
  );
  await unit.writer.update('loadBalancer', {
    ...row,
    publicAddress: found.address,
    updatedAtMs: nowMs(),
  });
  unit.writer.touch(row.id);
}

/** @throws Refusal when the address is another project's */
async function release(
  { nowMs }: ServiceContext,
  { writer, call }: Unit,
  owner: LoadBalancer,
): Promise<void> {
  if (owner.projectId !== call.projectId)
    throw new Refusal(conflict(`public IP address ${owner.publicAddress} is in use by another project`));
  await writer.update('loadBalancer', { ...owner, publicAddress: null, updatedAtMs: nowMs() });
  writer.touch(owner.id);
}

/** @throws Refusal when there is no such address, or another load balancer has it */
export async function takePublicAddress(
  { publicAddresses }: ServiceContext,
  reader: Reader,
  id: string,
): Promise<string> {
  return valueOf(choosePublicAddress(id, publicAddresses, new Set((await ownersOf(reader)).keys())));
}

export function publicIpIdOf(
  { publicAddresses }: Pick<ServiceContext, 'publicAddresses'>,
  address: string | null,
): string | null {
  return publicAddresses.find((each) => each.address === address)?.id ?? null;
}

async function ownersOf(reader: Reader): Promise<ReadonlyMap<string, LoadBalancer>> {
  const rows = await reader.list('loadBalancer', {});
  return new Map(
    rows.flatMap((row) => (row.publicAddress === null ? [] : [[row.publicAddress, row] as const])),
  );
}

function publicIpToWire({ id, address }: PublicAddress, owner: LoadBalancer | undefined, projectId: string) {
  return {
    id,
    address,
    ip_version: address.includes(':') ? 6 : 4,
    is_in_use: owner !== undefined,
    loadbalancer_id: owner?.projectId === projectId ? owner.id : null,
  };
}
