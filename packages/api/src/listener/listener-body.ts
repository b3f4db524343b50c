import {
  accepted,
  defaultSecurityPolicy,
  type InsertHeaders,
  invalidField,
  type Listener,
  type Outcome,
  refused as refusal,
  securityPolicies,
} from '@elbow/model';
import { z } from 'zod';
import { defined } from '../schema/defined.ts';
import { always, createOnly, notYet, readOnly, refused } from '../schema/fixed.ts';
import { parseBody } from '../schema/parse-body.ts';
import { inBothBodies, onCreate, onUpdate, tags } from '../schema/shared-fields.ts';
import { certificateId, flag, integer, oneOfSupported, uuid } from '../schema/values.ts';
import { defaultInsertHeaders, insertHeaders } from './insert-headers.ts';

const protocol = oneOfSupported(['HTTP', 'HTTPS', 'TERMINATED_HTTPS'], ['TCP', 'UDP', 'TLS', 'QUIC', 'IP']);
const [supportedPolicies, otherPolicies] = [true, false].map((isSupported) =>
  securityPolicies.filter((policy) => policy.isSupported === isSupported).map(({ name }) => name),
) as [string[], string[]];
const policy = oneOfSupported(supportedPolicies as [string, ...string[]], otherPolicies);
const keepaliveTimeout = integer(0, 4_000);
const ioTimeout = integer(1, 300);
const limit = integer(0, 1_000_000);

const readOnlyFields = ['id', 'enterprise_project_id', 'loadbalancers', 'created_at', 'updated_at'] as const;
const createOnlyFields = ['loadbalancer_id', 'protocol', 'protocol_port', 'port_ranges', 'tags'] as const;

const noPoint = {
  connection_limit: always(-1),
  admin_state_up: always(true),
  client_ca_tls_container_ref: notYet(null, ''),
  sni_container_refs: notYet(null, []),
  sni_match_algo: notYet(null, '', 'wildcard'),
  security_policy_id: notYet(null, ''),
  ssl_early_data_enable: notYet(null, false),
  quic_config: notYet(null),
  ipgroup: notYet(null),
  transparent_client_ip_enable: always(true),
  proxy_protocol_enable: notYet(null, false),
  gzip_enable: notYet(null, false),
  nat64_enable: notYet(null, false),
};

const createBody = z.strictObject({
  ...inBothBodies,
  ...onCreate,
  ...noPoint,
  ...refused(readOnlyFields, readOnly),
  loadbalancer_id: uuid,
  protocol,
  protocol_port: integer(1, 65_535),
  port_ranges: notYet(null, []),
  default_pool_id: uuid.nullable().default(null),
  default_tls_container_ref: certificateId.nullable().default(null),
  tls_ciphers_policy: policy.nullable().default(null),
  http2_enable: flag.default(false),
  insert_headers: insertHeaders.default({}),
  enable_member_retry: flag.default(true),
  keepalive_timeout: keepaliveTimeout.default(60),
  client_timeout: ioTimeout.default(60),
  member_timeout: ioTimeout.default(60),
  enhance_l7policy_enable: flag.default(false),
  cps: limit.default(0),
  connection: limit.default(0),
  tags: tags.default([]),
});

const updateBody = z.strictObject({
  ...inBothBodies,
  ...onUpdate,
  ...noPoint,
  ...refused(readOnlyFields, readOnly),
  ...refused(createOnlyFields, createOnly),
  default_pool_id: uuid.nullable().exactOptional(),
  default_tls_container_ref: certificateId.exactOptional(),
  tls_ciphers_policy: policy.exactOptional(),
  http2_enable: flag.exactOptional(),
  insert_headers: insertHeaders.exactOptional(),
  enable_member_retry: flag.exactOptional(),
  keepalive_timeout: keepaliveTimeout.exactOptional(),
  client_timeout: ioTimeout.exactOptional(),
  member_timeout: ioTimeout.exactOptional(),
  enhance_l7policy_enable: flag.exactOptional(),
  cps: limit.exactOptional(),
  connection: limit.exactOptional(),
});

type Attributes = Pick<
  Listener,
  | 'name' | 'description' | 'defaultPoolId' | 'isRetryEnabled' | 'keepaliveTimeoutSeconds' | 'clientTimeoutSeconds'
  | 'memberTimeoutSeconds' | 'cps' | 'connection' | 'isAdvancedForwardingEnabled' | 'protectionStatus'
  | 'protectionReason'
>;

type Tls =
  | { readonly protocol: 'HTTP' }
  | {
      readonly protocol: 'HTTPS';
      readonly certificateId: string;
      readonly securityPolicy: string;
      readonly isHttp2Enabled: boolean;
    };

export type ListenerCreate = Attributes &
  Tls & {
    readonly loadBalancerId: string;
    readonly port: number;
    readonly insertHeaders: InsertHeaders;
    readonly tags: Listener['tags'];
  };

/** Only what the body holds; header switches are merged key by key. The TLS part is for HTTPS listeners. */
export type ListenerUpdate = Partial<
  Attributes & {
    readonly insertHeaders: Partial<InsertHeaders>;
    readonly certificateId: string;
    readonly securityPolicy: string;
    readonly isHttp2Enabled: boolean;
  }
>;

export function parseListenerCreate(body: unknown): Outcome<ListenerCreate> {
  const parsed = parseBody('listener', createBody, body);
  if (!parsed.ok) return parsed;
  const wire = parsed.value;
  const tls = tlsOf(wire);
  if (!tls.ok) return tls;
  return accepted({
    ...attributesOf(wire),
    ...tls.value,
    defaultPoolId: wire.default_pool_id,
    loadBalancerId: wire.loadbalancer_id,
    port: wire.protocol_port,
    insertHeaders: { ...defaultInsertHeaders, ...wire.insert_headers },
    tags: wire.tags,
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
  };
}

/** An HTTPS listener needs a certificate; a plain one has nowhere to put it. HTTP/2 is documented as ignored there. */
function tlsOf(wire: z.output<typeof createBody>): Outcome<Tls> {
  if (wire.protocol === 'HTTP') {
    const stranger = strangerToHttp({
      default_tls_container_ref: wire.default_tls_container_ref,
      tls_ciphers_policy: wire.tls_ciphers_policy,
    });
    return stranger === null ? accepted({ protocol: 'HTTP' }) : refusal(httpsOnly(stranger));
  }
  if (wire.default_tls_container_ref === null) {
    return refusal(invalidField('listener.default_tls_container_ref', 'is required for HTTPS listeners'));
  }
  return accepted({
    protocol: 'HTTPS',
    certificateId: wire.default_tls_container_ref,
    securityPolicy: wire.tls_ciphers_policy ?? defaultSecurityPolicy,
    isHttp2Enabled: wire.http2_enable,
  });
}

function strangerToHttp(values: Readonly<Record<string, unknown>>): string | null {
  return Object.keys(values).find((key) => (values[key] ?? null) !== null) ?? null;
}

export function httpsOnly(key: string) {
  return invalidField(`listener.${key}`, 'is only for HTTPS listeners');
}

export function parseListenerUpdate(body: unknown): Outcome<ListenerUpdate> {
  const parsed = parseBody('listener', updateBody, body);
  if (!parsed.ok) return parsed;
  const wire = parsed.value;
  return accepted(
    defined({
      name: wire.name,
      description: wire.description,
      defaultPoolId: wire.default_pool_id,
      certificateId: wire.default_tls_container_ref,
      securityPolicy: wire.tls_ciphers_policy,
      isHttp2Enabled: wire.http2_enable,
      insertHeaders: wire.insert_headers,
      isRetryEnabled: wire.enable_member_retry,
      keepaliveTimeoutSeconds: wire.keepalive_timeout,
      clientTimeoutSeconds: wire.client_timeout,
      memberTimeoutSeconds: wire.member_timeout,
      isAdvancedForwardingEnabled: wire.enhance_l7policy_enable,
      cps: wire.cps,
      connection: wire.connection,
      protectionStatus: wire.protection_status || undefined,
      protectionReason: wire.protection_reason ?? undefined,
    }),
  );
}
