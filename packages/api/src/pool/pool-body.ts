import { accepted, invalidField, type Outcome, type Pool, refused as refusal } from '@elbow/model';
import { z } from 'zod';
import { defined } from '../schema/defined.ts';
import { always, createOnly, notYet, readOnly, refused } from '../schema/fixed.ts';
import { parseBody } from '../schema/parse-body.ts';
import { enterpriseProjectId, inBothBodies, onCreate, onUpdate } from '../schema/shared-fields.ts';
import { flag, oneOf, oneOfSupported, orNone, uuid } from '../schema/values.ts';

const protocol = oneOfSupported(['HTTP'], ['TCP', 'UDP', 'TLS', 'HTTPS', 'GRPC', 'GRPCS', 'QUIC', 'IP']);
const algorithm = oneOfSupported(
  ['ROUND_ROBIN'],
  ['LEAST_CONNECTIONS', 'SOURCE_IP', 'QUIC_CID', '2_TUPLE_HASH', '3_TUPLE_HASH', '5_TUPLE_HASH'],
);
const type = oneOf(['instance', 'ip', '']);
const vpcId = orNone(uuid, ['']);

const readOnlyFields = [
  'id', 'listeners', 'loadbalancers', 'members', 'healthmonitor_id', 'created_at', 'updated_at',
] as const;
const createOnlyFields = [
  'protocol', 'listener_id', 'loadbalancer_id', 'ip_version', 'public_border_group', 'enterprise_project_id',
] as const;

const noPoint = {
  admin_state_up: always(true),
  session_persistence: notYet(null),
  slow_start: notYet(null, { enable: false }, { enable: false, duration: 30 }),
  connection_drain: notYet(null, { enable: false }),
  pool_health: notYet(null, { minimum_healthy_member_count: 0 }),
  az_affinity: notYet(null, { enable: false }),
  any_port_enable: notYet(null, false),
  quic_cid_hash_strategy: notYet(null),
};

const createBody = z.strictObject({
  ...inBothBodies,
  ...onCreate,
  ...noPoint,
  ...refused(readOnlyFields, readOnly),
  protocol,
  lb_algorithm: algorithm,
  listener_id: uuid.nullable().default(null),
  loadbalancer_id: uuid.nullable().default(null),
  type: type.nullable().default(''),
  vpc_id: vpcId.nullable().default(''),
  ip_version: always('v4'),
  public_border_group: always('center'),
  member_deletion_protection_enable: flag.default(false),
  enterprise_project_id: enterpriseProjectId,
});

const updateBody = z.strictObject({
  ...inBothBodies,
  ...onUpdate,
  ...noPoint,
  ...refused(readOnlyFields, readOnly),
  ...refused(createOnlyFields, createOnly),
  // Terraform writes null for what its configuration does not name.
  lb_algorithm: algorithm.nullable().exactOptional(),
  type: type.nullable().exactOptional(),
  vpc_id: vpcId.nullable().exactOptional(),
  member_deletion_protection_enable: flag.nullable().exactOptional(),
});

type Attributes = Pick<
  Pool,
  | 'name' | 'description' | 'algorithm' | 'type' | 'vpcId' | 'isMemberDeletionProtected' | 'protectionStatus'
  | 'protectionReason'
>;

export interface PoolCreate extends Attributes {
  readonly protocol: Pool['protocol'];
  /** The listener that it becomes the default pool of. */
  readonly listenerId: string | null;
  readonly loadBalancerId: string | null;
}

export type PoolUpdate = Partial<Attributes>;

export function parsePoolCreate(body: unknown): Outcome<PoolCreate> {
  const parsed = parseBody('pool', createBody, body);
  if (!parsed.ok) return parsed;
  const wire = parsed.value;
  if (wire.listener_id === null && wire.loadbalancer_id === null && !wire.type) {
    return refusal(invalidField('pool.listener_id', 'one of listener_id, loadbalancer_id and type is required'));
  }
  return accepted({
    name: wire.name,
    description: wire.description,
    protocol: wire.protocol,
    algorithm: wire.lb_algorithm,
    listenerId: wire.listener_id,
    loadBalancerId: wire.loadbalancer_id,
    type: wire.type ?? '',
    vpcId: wire.vpc_id ?? '',
    isMemberDeletionProtected: wire.member_deletion_protection_enable,
    protectionStatus: wire.protection_status,
    protectionReason: wire.protection_reason,
  });
}

export function parsePoolUpdate(body: unknown): Outcome<PoolUpdate> {
  const parsed = parseBody('pool', updateBody, body);
  if (!parsed.ok) return parsed;
  const wire = parsed.value;
  return accepted(
    defined({
      name: wire.name,
      description: wire.description,
      algorithm: wire.lb_algorithm ?? undefined,
      type: wire.type ?? undefined,
      vpcId: wire.vpc_id ?? undefined,
      isMemberDeletionProtected: wire.member_deletion_protection_enable ?? undefined,
      protectionStatus: wire.protection_status || undefined,
      protectionReason: wire.protection_reason ?? undefined,
    }),
  );
}
