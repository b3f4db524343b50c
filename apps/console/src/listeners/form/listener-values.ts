import type { ListenerWire } from '@elbow/api';
import { defaultHeaders, headersOf, type HeaderValues } from './header-rows.ts';

export type Protocol = 'HTTPS' | 'HTTP';

/**
 * What the form of a listener holds. Names are those of the API, so that the server's complaints find their fields;
 * what the API says by a value that is there or not is a choice of its own.
 */
export interface ListenerValues {
  readonly name: string;
  readonly protocol: Protocol;
  readonly protocol_port: number | null;
  readonly authentication: 'oneWay' | 'mutual';
  readonly client_ca_tls_container_ref: string | undefined;
  readonly default_tls_container_ref: string | undefined;
  readonly isSniOn: boolean;
  readonly sni_container_refs: readonly string[];
  readonly sni_match_algo: 'wildcard' | 'longest_suffix';
  readonly ipgroup: {
    readonly type: 'all' | 'white' | 'black';
    readonly ipgroup_id: readonly string[];
    /** Off: the list is kept and does not count. */
    readonly enable_ipgroup: boolean;
  };
  readonly enhance_l7policy_enable: boolean;
  /** Name of a built-in policy or id of a custom one. */
  readonly tls_ciphers_policy: string;
  readonly ssl_early_data_enable: boolean;
  readonly http2_enable: boolean;
  readonly insert_headers: HeaderValues;
  readonly gzip_enable: boolean;
  readonly enable_member_retry: boolean;
  readonly keepalive_timeout: number | null;
  readonly client_timeout: number | null;
  readonly member_timeout: number | null;
  readonly isCpsLimited: boolean;
  readonly cps: number | null;
  readonly isConnectionLimited: boolean;
  readonly connection: number | null;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly description: string;
  readonly isProtected: boolean;
  readonly protection_reason: string;
}

export const usualListener: ListenerValues = {
  name: '',
  protocol: 'HTTPS',
  protocol_port: null,
  authentication: 'oneWay',
  client_ca_tls_container_ref: undefined,
  default_tls_container_ref: undefined,
  isSniOn: false,
  sni_container_refs: [],
  sni_match_algo: 'wildcard',
  ipgroup: { type: 'all', ipgroup_id: [], enable_ipgroup: true },
  enhance_l7policy_enable: true,
  tls_ciphers_policy: 'tls-1-2',
  ssl_early_data_enable: false,
  http2_enable: true,
  insert_headers: defaultHeaders,
  gzip_enable: false,
  enable_member_retry: true,
  keepalive_timeout: 60,
  client_timeout: 60,
  member_timeout: 60,
  isCpsLimited: false,
  cps: null,
  isConnectionLimited: false,
  connection: null,
  tags: [],
  description: '',
  isProtected: false,
  protection_reason: '',
};

/** A listener that exists, as the form shows it. */
export function valuesOf(listener: ListenerWire): ListenerValues {
  const { ipgroup } = listener;
  return {
    name: listener.name,
    protocol: listener.protocol,
    protocol_port: listener.protocol_port,
    authentication: listener.client_ca_tls_container_ref === null ? 'oneWay' : 'mutual',
    client_ca_tls_container_ref: listener.client_ca_tls_container_ref ?? undefined,
    default_tls_container_ref: listener.default_tls_container_ref ?? undefined,
    isSniOn: listener.sni_container_refs.length > 0,
    sni_container_refs: listener.sni_container_refs,
    sni_match_algo: listener.sni_match_algo,
    ipgroup:
      ipgroup === null
        ? usualListener.ipgroup
        : {
            type: ipgroup.type,
            ipgroup_id: ipgroup.ipgroup_id.split(','),
            enable_ipgroup: ipgroup.enable_ipgroup,
          },
    enhance_l7policy_enable: listener.enhance_l7policy_enable,
    tls_ciphers_policy:
      listener.security_policy_id ?? listener.tls_ciphers_policy ?? usualListener.tls_ciphers_policy,
    ssl_early_data_enable: listener.ssl_early_data_enable,
    http2_enable: listener.http2_enable,
    insert_headers: headersOf(listener.insert_headers),
    gzip_enable: listener.gzip_enable,
    enable_member_retry: listener.enable_member_retry,
    keepalive_timeout: listener.keepalive_timeout,
    client_timeout: listener.client_timeout,
    member_timeout: listener.member_timeout,
    isCpsLimited: listener.cps > 0,
    cps: listener.cps || null,
    isConnectionLimited: listener.connection > 0,
    connection: listener.connection || null,
    tags: listener.tags,
    description: listener.description,
    isProtected: listener.protection_status === 'consoleProtection',
    protection_reason: listener.protection_reason,
  };
}
