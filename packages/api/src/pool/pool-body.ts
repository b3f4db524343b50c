import {
  accepted,
  invalidField,
  mapOutcome,
  type Outcome,
  type Pool,
  refused as refusal,
} from '@elbow/model';
import { z } from 'zod';
import { defined } from '../schema/defined.ts';
import { always, createOnly, notYet, readOnly, refused } from '../schema/fixed.ts';
import { parseBody } from '../schema/parse-body.ts';
import { enterpriseProjectId, inBothBodies, onCreate, onUpdate } from '../schema/shared-fields.ts';
import {
  algorithm,
  poolHealth,
  readFailOpen,
  readPersistence,
  readSlowStart,
  sessionPersistence,
  slowStart,
} from './balancing-body.ts';
import { flag, oneOf, oneOfSupported, orNone, uuid } from '../schema/values.ts';

const protocol = oneOfSupported(['HTTP', 'HTTPS', 'GRPC'], ['TCP', 'UDP', 'TLS', 'GRPCS', 'QUIC', 'IP']);
const type = oneOf(['instance', 'ip', '']);
const vpcId = orNone(uuid, ['']);

const readOnlyFields = [
  'id',
  'listeners',
  'loadbalancers',
  'members',
  'healthmonitor_id',
  'created_at',
  'updated_at',
] as const;
const createOnlyFields = [
  'protocol',
  'listener_id',
  'loadbalancer_id',
  'ip_version',
  'public_border_group',
  'enterprise_project_id',
] as const;

const noPoint = {
  admin_state_up: always(true),
  connection_drain: notYet(null, { enable: false }),
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
  session_persistence: sessionPersistence.default(null),
  slow_start: slowStart.default(null),
  pool_health: poolHealth.default(null),
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
  session_persistence: sessionPersistence.exactOptional(),
  slow_start: slowStart.exactOptional(),
  pool_health: poolHealth.exactOptional(),
  type: type.nullable().exactOptional(),
  vpc_id: vpcId.nullable().exactOptional(),
  member_deletion_protection_enable: flag.nullable().exactOptional(),
});

type Attributes = Pick<
  Pool,
  | 'name'
  | 'description'
  | 'algorithm'
  | 'sessionPersistence'
  | 'slowStart'
  | 'isFailOpen'
  | 'type'
  | 'vpcId'
  | 'isMemberDeletionProtected'
  | 'protectionStatus'
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
    return refusal(
      invalidField('pool.listener_id', 'one of listener_id, loadbalancer_id and type is required'),
    );
  }
  return accepted({
    name: wire.name,
    description: wire.description,
    protocol: wire.protocol,
    algorithm: wire.lb_algorithm,
    sessionPersistence: readPersistence(wire.session_persistence),
    slowStart: readSlowStart(wire.slow_start),
    isFailOpen: readFailOpen(wire.pool_health),
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
  return mapOutcome(parseBody('pool', updateBody, body), (wire) =>
    defined({
      name: wire.name,
      description: wire.description,
      algorithm: wire.lb_algorithm ?? undefined,
      ...balancingOf(wire),
      type: wire.type ?? undefined,
      vpcId: wire.vpc_id ?? undefined,
      isMemberDeletionProtected: wire.member_deletion_protection_enable ?? undefined,
      protectionStatus: wire.protection_status || undefined,
      protectionReason: wire.protection_reason ?? undefined,
    }),
  );
}

/** What a body does not name stays; null switches it off. */
function balancingOf(wire: z.output<typeof updateBody>) {
  return {
    sessionPersistence:
      wire.session_persistence === undefined ? undefined : readPersistence(wire.session_persistence),
    slowStart: wire.slow_start === undefined ? undefined : readSlowStart(wire.slow_start),
    isFailOpen: wire.pool_health === undefined ? undefined : readFailOpen(wire.pool_health),
  };
}

/** Bodies as clients write them, below their one key. */
export type PoolCreateBody = z.input<typeof createBody>;
export type PoolUpdateBody = z.input<typeof updateBody>;

/** For documents that are made from the schemas. */
export const poolBodies = { create: createBody, update: updateBody } as const;
