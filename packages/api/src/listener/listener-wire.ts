import type { AccessControl, Listener } from '@elbow/model';
import { wireTime } from '../time.ts';
import { insertHeadersToWire } from './insert-headers.ts';

export interface ListenerRelations {
  /** Of the load balancer. */
  readonly enterpriseProjectId: string;
}

export function listenerToWire(listener: Listener, relations: ListenerRelations) {
  return {
    id: listener.id,
    project_id: listener.projectId,
    enterprise_project_id: relations.enterpriseProjectId,
    name: listener.name,
    description: listener.description,
    admin_state_up: true,
    protocol: listener.protocol,
    protocol_port: listener.port,
    port_ranges: [],
    loadbalancers: [{ id: listener.loadBalancerId }],
    default_pool_id: listener.defaultPoolId,
    connection_limit: -1,
    ...tlsToWire(listener),
    insert_headers: insertHeadersToWire(listener.insertHeaders),
    enable_member_retry: listener.isRetryEnabled,
    keepalive_timeout: listener.keepaliveTimeoutSeconds,
    client_timeout: listener.clientTimeoutSeconds,
    member_timeout: listener.memberTimeoutSeconds,
    ipgroup: accessControlToWire(listener.accessControl),
    transparent_client_ip_enable: true,
    proxy_protocol_enable: false,
    enhance_l7policy_enable: listener.isAdvancedForwardingEnabled,
    gzip_enable: listener.isCompressionEnabled,
    cps: listener.cps,
    connection: listener.connection,
    nat64_enable: false,
    protection_status: listener.protectionStatus,
    protection_reason: listener.protectionReason,
    tags: listener.tags,
    created_at: wireTime(listener.createdAtMs),
    updated_at: wireTime(listener.updatedAtMs),
  };
}

function accessControlToWire(control: AccessControl | null) {
  if (control === null) return null;
  return { ipgroup_id: control.ipGroupIds.join(','), enable_ipgroup: control.isEnabled, type: control.type };
}

function tlsToWire(listener: Listener) {
  const isHttps = listener.protocol === 'HTTPS';
  return {
    default_tls_container_ref: isHttps ? listener.certificateId : null,
    client_ca_tls_container_ref: isHttps ? listener.clientCaCertificateId : null,
    sni_container_refs: isHttps ? listener.sniCertificateIds : [],
    sni_match_algo: isHttps ? listener.sniMatch : 'wildcard',
    tls_ciphers_policy: isHttps ? listener.securityPolicy : null,
    security_policy_id: isHttps ? listener.securityPolicyId : null,
    http2_enable: isHttps && listener.isHttp2Enabled,
    ssl_early_data_enable: isHttps && listener.isEarlyDataEnabled,
    quic_config: null,
  };
}
