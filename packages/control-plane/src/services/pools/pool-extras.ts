import { memberTlsToWire, parseMemberTls, parsePassiveEjection, passiveEjectionToWire } from '@elbow/api';
import { checkMemberTrust, invalidField, type MemberTrust, notFound, type Pool } from '@elbow/model';
import type { MemberSeen } from '@elbow/plan';
import type { Reader, Writer } from '@elbow/store';
import { inspectAuthorities } from '../../certificates/inspect-certificate.ts';
import { findOwned, requireOwned } from '../crud/crud.ts';
import { refuseIf, Refusal, valueOf } from '../crud/refusal.ts';
import { servingLoadBalancers } from '../crud/relations.ts';
import type { Answer, Call, ServiceContext, Unit } from '../crud/service-context.ts';

/** A pool with what the v3 API has no word for, and what nodes saw of its members. */
export async function showPoolExtras({ store, fleet }: ServiceContext, call: Call): Promise<Answer> {
  const { pool, members } = await store.read(async (reader) => {
    const found = await poolOf(reader, call);
    return { pool: found, members: await reader.list('member', { where: { poolId: [found.id] } }) };
  });
  const seen = await fleet.askPool(pool.id);
  const body = {
    id: pool.id,
    member_tls: memberTlsToWire(pool),
    passive_ejection: passiveEjectionToWire(pool),
    members: members.map(({ id, address, port }) => ({
      id,
      address,
      protocol_port: port,
      seen: seen.flatMap(({ nodeId, members: all }) =>
        all.filter(({ memberId }) => memberId === id).map((one) => seenToWire(nodeId, one)),
      ),
    })),
  };
  return { status: 200, body: { pool: body } };
}

function seenToWire(nodeId: string, seen: MemberSeen) {
  return {
    node_id: nodeId,
    resolved_addresses: seen.addresses,
    address_in_use: seen.addressInUse,
    resolution_problem: seen.resolutionProblem,
    connect_errors: seen.connectErrors,
    connect_timeouts: seen.connectTimeouts,
    connect_failures_in_a_row: seen.failuresInARow,
    requests_in_flight: seen.inFlight,
    left_out_until: seen.ejectedUntilMs === null ? null : new Date(seen.ejectedUntilMs).toISOString(),
  };
}

export async function updateMemberTls(context: ServiceContext, call: Call): Promise<Answer> {
  const wish = valueOf(parseMemberTls(call.body));
  const { pool, revision } = await changePool(context, call, async (unit, row) => {
    refuseIf(checkMemberTrust(wish, row));
    await checkAuthorities(unit, wish);
    return { ...row, memberTls: wish };
  });
  return { status: 200, body: { member_tls: memberTlsToWire(pool) }, revision };
}

export async function updatePassiveEjection(context: ServiceContext, call: Call): Promise<Answer> {
  const passiveEjection = valueOf(parsePassiveEjection(call.body));
  const { pool, revision } = await changePool(context, call, async (_, row) => ({ ...row, passiveEjection }));
  return { status: 200, body: { passive_ejection: passiveEjectionToWire(pool) }, revision };
}

async function checkAuthorities(unit: Unit, { caPem, caCertificateId }: MemberTrust): Promise<void> {
  if (caPem !== null) {
    const inspected = inspectAuthorities(caPem);
    if (!inspected.ok)
      throw new Refusal(
        invalidField('member_tls.ca_pem', 'must hold certificates of authorities in PEM form'),
      );
  }
  if (caCertificateId === null) return;
  const stored = await requireOwned(unit, 'certificate', caCertificateId, 'certificate');
  if (stored.type !== 'client') {
    const reason = `certificate ${stored.id} is of type ${stored.type}, not client`;
    throw new Refusal(invalidField('member_tls.ca_certificate_id', reason));
  }
}

async function changePool(
  { store, nowMs }: ServiceContext,
  call: Call,
  change: (unit: Unit, row: Pool) => Promise<Pool>,
): Promise<{ readonly pool: Pool; readonly revision: number }> {
  const { value: pool, revision } = await store.write(async (writer: Writer) => {
    const row = await poolOf(writer, call);
    const changed = { ...(await change({ writer, call }, row)), updatedAtMs: nowMs() };
    await writer.update('pool', changed);
    for (const id of await servingLoadBalancers(writer, row.id)) writer.touch(id);
    return changed;
  });
  return { pool, revision };
}

async function poolOf(reader: Reader, { params, projectId }: Call): Promise<Pool> {
  const id = params['pool_id'] ?? '';
  const pool = await findOwned(reader, 'pool', { id, projectId });
  if (pool === null) throw new Refusal(notFound('pool', id.slice(0, 64)));
  return pool;
}
