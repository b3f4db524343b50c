import type { FieldKey } from '../texts/messages.ts';

/** What people call the fields of the API. */
const labels: Readonly<Record<string, FieldKey>> = {
  name: 'name',
  protocol: 'protocol',
  protocol_port: 'port',
  client_ca_tls_container_ref: 'authority',
  default_tls_container_ref: 'certificate',
  sni_container_refs: 'sniCertificates',
  sni_match_algo: 'sniMatch',
  ipgroup: 'ipGroup',
  enhance_l7policy_enable: 'advancedForwarding',
  tls_ciphers_policy: 'policy',
  security_policy_id: 'policy',
  ssl_early_data_enable: 'earlyData',
  http2_enable: 'http2',
  gzip_enable: 'compression',
  enable_member_retry: 'retry',
  keepalive_timeout: 'idleTimeout',
  client_timeout: 'requestTimeout',
  member_timeout: 'responseTimeout',
  cps: 'newConnections',
  connection: 'connections',
  tags: 'tags',
  description: 'description',
  protection_status: 'protection',
  protection_reason: 'protectionReason',
  default_pool_id: 'pool',
};

const poolLabels: Readonly<Record<string, FieldKey>> = {
  default_pool_id: 'pool',
  name: 'poolName',
  type: 'poolType',
  protocol: 'poolProtocol',
  lb_algorithm: 'algorithm',
  session_persistence: 'sticky',
  slow_start: 'slowStart',
  description: 'description',
};

const monitorLabels: Readonly<Record<string, FieldKey>> = {
  type: 'checkProtocol',
  domain_name: 'checkDomain',
  monitor_port: 'checkPort',
  url_path: 'checkPath',
  http_method: 'checkMethod',
  expected_codes: 'checkCodes',
  delay: 'checkInterval',
  timeout: 'checkTimeout',
  max_retries: 'checkRise',
  max_retries_down: 'checkFall',
};

const all = { listener: labels, pool: poolLabels, healthmonitor: monitorLabels } as const;

/** @param path as a form names it; its first part decides, but for headers, which have names of their own */
export function fieldOfPath(form: keyof typeof all, path: readonly (string | number)[]): FieldKey | string {
  const [first = '', second = ''] = path.map(String);
  return first === 'insert_headers' ? second.replace(/-alias$|-enable$/, '') : (all[form][first] ?? first);
}

/** Names of the fields of a listener as answers have them, in the language of the page. */
export function wireLabels(words: Readonly<Record<FieldKey, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).map(([field, key]) => [field, words[key]]));
}
