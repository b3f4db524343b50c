import {
  accepted,
  type AccessControl,
  type InsertHeaders,
  type Listener,
  mapOutcome,
  mergeTlsHeaders,
  type Outcome,
} from '@elbow/model';
import { z } from 'zod';
import { defined } from '../schema/defined.ts';
import { always, createOnly, notYet, readOnly, refused } from '../schema/fixed.ts';
import { parseBody } from '../schema/parse-body.ts';
import { inBothBodies, onCreate, onUpdate, tags } from '../schema/shared-fields.ts';
import { flag, integer, oneOf, oneOfSupported, says, uuid } from '../schema/values.ts';
import { defaultInsertHeaders, type InsertHeaderChanges, insertHeaders } from './insert-headers.ts';
import {
  type ListenerTlsCreate,
  type ListenerTlsFields,
  tlsOfCreate,
  tlsOfUpdate,
  tlsOnCreate,
  tlsOnUpdate,
} from './listener-tls.ts';

const protocol = oneOfSupported(['HTTP', 'HTTPS', 'TERMINATED_HTTPS'], ['TCP', 'UDP', 'TLS', 'QUIC', 'IP']);
const keepaliveTimeout = integer(0, 4_000);
const ioTimeout = integer(1, 300);
const limit = integer(0, 1_000_000);

const readOnlyFields = ['id', 'enterprise_project_id', 'loadbalancers', 'created_at', 'updated_at'] as const;
const createOnlyFields = ['loadbalancer_id', 'protocol', 'protocol_port', 'port_ranges', 'tags'] as const;

const noPoint = {
  connection_limit: always(-1),
  admin_state_up: always(true),
  quic_config: notYet(null),
  transparent_client_ip_enable: always(true),
  proxy_protocol_enable: notYet(null, false),
  nat64_enable: notYet(null, false),
};

const accessType = oneOf(['white', 'black']);
const groupIdRule = 'must be an IP group id, or several joined by commas';
const groupIds = z
  .string(says(groupIdRule))
  .refine((text) => text.split(',').every((id) => uuid.safeParse(id).success), groupIdRule);
const ipgroup = z
  .strictObject(
    { ipgroup_id: groupIds, enable_ipgroup: flag.default(true), type: accessType.default('white') },
    says('must be an object with ipgroup_id'),
  )
  .nullable();
/** What is not said stays as it is. */
const ipgroupUpdate = z
  .strictObject(
    {
      ipgroup_id: groupIds.exactOptional(),
      enable_ipgroup: flag.exactOptional(),
      type: accessType.exactOptional(),
    },
    says('must be an object'),
  )
  .nullable();

const createBody = z.strictObject({
  ...inBothBodies,
  ...onCreate,
  ...noPoint,
  ...tlsOnCreate,
  ...refused(readOnlyFields, readOnly),
  loadbalancer_id: uuid,
  protocol,
  protocol_port: integer(1, 65_535),
  port_ranges: notYet(null, []),
  default_pool_id: uuid.nullable().default(null),
  insert_headers: insertHeaders.default({ tls: {} }),
  enable_member_retry: flag.default(true),
  keepalive_timeout: keepaliveTimeout.default(60),
  client_timeout: ioTimeout.default(60),
  member_timeout: ioTimeout.default(60),
  enhance_l7policy_enable: flag.default(false),
  ipgroup: ipgroup.default(null),
  gzip_enable: flag.nullable().default(false),
  cps: limit.default(0),
  connection: limit.default(0),
  tags: tags.default([]),
});

const updateBody = z.strictObject({
  ...inBothBodies,
  ...onUpdate,
  ...noPoint,
  ...tlsOnUpdate,
  ...refused(readOnlyFields, readOnly),
  ...refused(createOnlyFields, createOnly),
  default_pool_id: uuid.nullable().exactOptional(),
  insert_headers: insertHeaders.exactOptional(),
  enable_member_retry: flag.exactOptional(),
  keepalive_timeout: keepaliveTimeout.exactOptional(),
  client_timeout: ioTimeout.exactOptional(),
  member_timeout: ioTimeout.exactOptional(),
  enhance_l7policy_enable: flag.exactOptional(),
  ipgroup: ipgroupUpdate.exactOptional(),
  gzip_enable: flag.exactOptional(),
  cps: limit.exactOptional(),
  connection: limit.exactOptional(),
});

type Attributes = Pick<
  Listener,
  | 'name'
  | 'description'
  | 'defaultPoolId'
  | 'isRetryEnabled'
  | 'keepaliveTimeoutSeconds'
  | 'clientTimeoutSeconds'
  | 'memberTimeoutSeconds'
  | 'cps'
  | 'connection'
  | 'isAdvancedForwardingEnabled'
  | 'isCompressionEnabled'
  | 'protectionStatus'
  | 'protectionReason'
>;

export type ListenerCreate = Attributes &
  ListenerTlsCreate & {
    readonly loadBalancerId: string;
    readonly port: number;
    readonly insertHeaders: InsertHeaders;
    readonly tags: Listener['tags'];
    readonly accessControl: AccessControl | null;
  };

/** Only what the body holds; header switches are merged key by key. The TLS part is for HTTPS listeners. */
export type ListenerUpdate = Partial<
  Attributes & {
    readonly insertHeaders: InsertHeaderChanges;
    /** Null takes the lists away. */
    readonly accessControl: Partial<AccessControl> | null;
  } & ListenerTlsFields
>;

export function parseListenerCreate(body: unknown): Outcome<ListenerCreate> {
  const parsed = parseBody('listener', createBody, body);
  if (!parsed.ok) return parsed;
  const wire = parsed.value;
  const tls = tlsOfCreate(wire);
  if (!tls.ok) return tls;
  return accepted({
    ...attributesOf(wire),
    ...tls.value,
    defaultPoolId: wire.default_pool_id,
    loadBalancerId: wire.loadbalancer_id,
    port: wire.protocol_port,
    insertHeaders: {
      ...defaultInsertHeaders,
      ...wire.insert_headers,
      tls: mergeTlsHeaders({}, wire.insert_headers.tls ?? {}),
    },
    tags: wire.tags,
    accessControl: accessControlOf(wire.ipgroup),
    protectionStatus: wire.protection_status,
    protectionReason: wire.protection_reason,
  });
}

function attributesOf(wire: z.output<typeof createBody>) {
  return {
    name: wire.name,
    description: wire.description,
    isRetryEnabled: wire.enable_member_retry,
    keepaliveTimeoutSeconds: wire.keepalive_timeout,
    clientTimeoutSeconds: wire.client_timeout,
    memberTimeoutSeconds: wire.member_timeout,
    cps: wire.cps,
    connection: wire.connection,
    isAdvancedForwardingEnabled: wire.enhance_l7policy_enable,
    isCompressionEnabled: wire.gzip_enable ?? false,
  };
}

function accessControlOf(wire: z.output<typeof ipgroup>): AccessControl | null {
  if (wire === null) return null;
  return { ipGroupIds: wire.ipgroup_id.split(','), isEnabled: wire.enable_ipgroup, type: wire.type };
}

function accessChangeOf(wire: z.output<typeof ipgroupUpdate>): Partial<AccessControl> | null {
  if (wire === null) return null;
  return defined({
    ipGroupIds: wire.ipgroup_id?.split(','),
    isEnabled: wire.enable_ipgroup,
    type: wire.type,
  });
}

export function parseListenerUpdate(body: unknown): Outcome<ListenerUpdate> {
  return mapOutcome(parseBody('listener', updateBody, body), (wire) =>
    defined({
      name: wire.name,
      description: wire.description,
      defaultPoolId: wire.default_pool_id,
      ...tlsOfUpdate(wire),
      insertHeaders: wire.insert_headers,
      isRetryEnabled: wire.enable_member_retry,
      keepaliveTimeoutSeconds: wire.keepalive_timeout,
      clientTimeoutSeconds: wire.client_timeout,
      memberTimeoutSeconds: wire.member_timeout,
      isAdvancedForwardingEnabled: wire.enhance_l7policy_enable,
      isCompressionEnabled: wire.gzip_enable,
      accessControl: wire.ipgroup === undefined ? undefined : accessChangeOf(wire.ipgroup),
      cps: wire.cps,
      connection: wire.connection,
      protectionStatus: wire.protection_status || undefined,
      protectionReason: wire.protection_reason ?? undefined,
    }),
  );
}

/** Bodies as clients write them, below their one key. */
export type ListenerCreateBody = z.input<typeof createBody>;
export type ListenerUpdateBody = z.input<typeof updateBody>;

/** For documents that are made from the schemas. */
export const listenerBodies = { create: createBody, update: updateBody } as const;
