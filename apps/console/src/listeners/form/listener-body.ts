import type { ListenerCreateBody, ListenerUpdateBody, ListenerWire } from '@elbow/api';
import { defaultHeaders, groupsFor, headerGroups, type HeaderValues, modeKey } from './header-rows.ts';
import { type ListenerValues, valuesOf } from './listener-values.ts';

const customId = /^[0-9a-f]{8}-/;

/** Whether a chosen security policy is one of the user's own. */
export function isCustomPolicy(policy: string): boolean {
  return customId.test(policy);
}

/** What the API is asked for: what the protocol has no use for stays in the form and out of the body. */
export function createBody(values: ListenerValues, loadBalancerId: string): ListenerCreateBody {
  const { name, protocol, protocol_port: port, tags } = values;
  const headers = changedHeaders(headersFor(values), defaultHeaders);
  return {
    loadbalancer_id: loadBalancerId,
    name,
    protocol,
    // The form refuses to go on without a port; the schema says so again.
    protocol_port: port as number,
    ...tlsPart(values),
    ...commonPart(values),
    ...(Object.keys(headers).length === 0 ? {} : { insert_headers: headers }),
    ...(tags.length === 0 ? {} : { tags: [...tags] }),
  };
}

/** Only what differs from the listener as it is. */
export function updateBody(values: ListenerValues, listener: ListenerWire): ListenerUpdateBody {
  const before = valuesOf(listener);
  const wanted = changeable(values);
  const had: Readonly<Record<string, unknown>> = changeable(before);
  const changed = Object.entries(wanted).filter(([key, value]) => !isSame(value, had[key]));
  const headers = changedHeaders(headersFor(values), headersFor(before));
  return {
    ...Object.fromEntries(changed),
    ...(Object.keys(headers).length === 0 ? {} : { insert_headers: headers }),
  };
}

function changeable(values: ListenerValues): ListenerUpdateBody {
  const { isProtected, protection_reason: reason } = values;
  return {
    name: values.name,
    ...tlsPart(values),
    ...commonPart(values),
    ipgroup: accessPart(values),
    description: values.description,
    protection_status: isProtected ? 'consoleProtection' : 'nonProtection',
    protection_reason: isProtected ? reason : '',
  } as ListenerUpdateBody;
}

function tlsPart(values: ListenerValues) {
  if (values.protocol !== 'HTTPS') return {};
  const { tls_ciphers_policy: policy } = values;
  const isCustom = isCustomPolicy(policy);
  return {
    default_tls_container_ref: values.default_tls_container_ref ?? null,
    client_ca_tls_container_ref:
      values.authentication === 'mutual' ? (values.client_ca_tls_container_ref ?? null) : null,
    sni_container_refs: values.isSniOn ? [...values.sni_container_refs] : [],
    sni_match_algo: values.sni_match_algo,
    ...(isCustom
      ? {}
      : { tls_ciphers_policy: policy as NonNullable<ListenerCreateBody['tls_ciphers_policy']> }),
    security_policy_id: isCustom ? policy : null,
    http2_enable: values.http2_enable,
    ssl_early_data_enable: values.ssl_early_data_enable,
  };
}

function commonPart(values: ListenerValues) {
  return {
    ...(values.ipgroup.type === 'all' ? {} : { ipgroup: accessPart(values) }),
    enhance_l7policy_enable: values.enhance_l7policy_enable,
    gzip_enable: values.gzip_enable,
    enable_member_retry: values.enable_member_retry,
    keepalive_timeout: values.keepalive_timeout as number,
    client_timeout: values.client_timeout as number,
    member_timeout: values.member_timeout as number,
    cps: values.isCpsLimited ? (values.cps as number) : 0,
    connection: values.isConnectionLimited ? (values.connection as number) : 0,
    ...(values.description === '' ? {} : { description: values.description }),
    ...(values.isProtected
      ? { protection_status: 'consoleProtection' as const, protection_reason: values.protection_reason }
      : {}),
  };
}

function accessPart({ ipgroup: { type, ipgroup_id: ids, enable_ipgroup: isOn } }: ListenerValues) {
  return type === 'all' ? null : { type, ipgroup_id: ids.join(','), enable_ipgroup: isOn };
}

/** Headers of groups that the protocol has; the others are as if they were off. */
export function headersFor({ protocol, authentication, insert_headers: headers }: ListenerValues) {
  const rows = groupsFor(protocol, authentication).flatMap((group) => headerGroups[group]);
  const said: Record<string, boolean | string> = { [modeKey]: String(headers[modeKey]) };
  for (const { key, alias } of rows) {
    said[key] = headers[key] === true;
    // A name is only worth something while the header is sent.
    if (alias !== null && headers[key] === true) said[alias] = String(headers[alias] ?? '');
  }
  return said;
}

function changedHeaders(wanted: HeaderValues, before: HeaderValues): Record<string, boolean | string> {
  const changed = Object.entries(wanted).filter(([key, value]) => value !== (before[key] ?? emptyOf(value)));
  return Object.fromEntries(changed) as Record<string, boolean | string>;
}

function emptyOf(value: unknown): unknown {
  return typeof value === 'boolean' ? false : '';
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
