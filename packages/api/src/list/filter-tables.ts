import { type FilterTable, onObjects, onWire, textColumns } from './filters.ts';

/** Beyond the published keys: every word is somewhere in names, ids, addresses, ports or tags. */
const searchable = { search: { by: 'relation', relation: 'search' } } as const;

/** Query keys of each list, as published. Keys of features that are not here yet compare with what answers show. */
export const loadBalancerFilters: FilterTable<'loadBalancer'> = {
  ...searchable,
  ...textColumns<'loadBalancer'>({
    id: 'id',
    name: 'name',
    description: 'description',
    vpc_id: 'vpcId',
    vip_port_id: 'vipPortId',
    vip_address: 'vipAddress',
    vip_subnet_cidr_id: 'vipSubnetCidrId',
    l4_flavor_id: 'l4FlavorId',
    l7_flavor_id: 'l7FlavorId',
    protection_status: 'protectionStatus',
  }),
  admin_state_up: { by: 'column', attribute: 'isAdminStateUp', type: 'boolean' },
  deletion_protection_enable: { by: 'column', attribute: 'isDeletionProtected', type: 'boolean' },
  ...onWire('string', [
    'provisioning_status',
    'operating_status',
    'ipv6_vip_port_id',
    'ipv6_vip_address',
    'ipv6_vip_virsubnet_id',
    'availability_zone_list',
    'l4_scale_flavor_id',
    'l7_scale_flavor_id',
    'billing_info',
    'elb_virsubnet_type',
    'log_topic_id',
    'log_group_id',
  ]),
  ...onObjects({ eips: 'fields', publicips: 'fields', global_eips: 'fields', tags: 'tags' }),
  ...onWire('boolean', ['guaranteed']),
  member_address: { by: 'relation', relation: 'memberAddress' },
  member_device_id: { by: 'relation', relation: 'memberInstance' },
};

export const listenerFilters: FilterTable<'listener'> = {
  ...searchable,
  ...textColumns<'listener'>({
    id: 'id',
    name: 'name',
    description: 'description',
    protocol: 'protocol',
    loadbalancer_id: 'loadBalancerId',
    default_pool_id: 'defaultPoolId',
    default_tls_container_ref: 'certificateId',
    protection_status: 'protectionStatus',
  }),
  protocol_port: { by: 'column', attribute: 'port', type: 'integer' },
  member_timeout: { by: 'column', attribute: 'memberTimeoutSeconds', type: 'integer' },
  client_timeout: { by: 'column', attribute: 'clientTimeoutSeconds', type: 'integer' },
  keepalive_timeout: { by: 'column', attribute: 'keepaliveTimeoutSeconds', type: 'integer' },
  enable_member_retry: { by: 'column', attribute: 'isRetryEnabled', type: 'boolean' },
  enhance_l7policy_enable: { by: 'column', attribute: 'isAdvancedForwardingEnabled', type: 'boolean' },
  ...onObjects({ tags: 'tags' }),
  ...onWire('string', ['client_ca_tls_container_ref', 'tls_ciphers_policy', 'security_policy_id']),
  ...onWire('integer', ['connection_limit']),
  ...onWire('boolean', [
    'admin_state_up',
    'http2_enable',
    'transparent_client_ip_enable',
    'proxy_protocol_enable',
    'ssl_early_data_enable',
    'nat64_enable',
  ]),
  member_address: { by: 'relation', relation: 'memberAddress' },
  member_device_id: { by: 'relation', relation: 'memberInstance' },
  member_instance_id: { by: 'relation', relation: 'memberInstance' },
  // Beyond the published keys: those that name the certificate, in whatever role.
  certificate_id: { by: 'relation', relation: 'certificate' },
};

export const poolFilters: FilterTable<'pool'> = {
  ...searchable,
  ...textColumns<'pool'>({
    id: 'id',
    name: 'name',
    description: 'description',
    protocol: 'protocol',
    lb_algorithm: 'algorithm',
    vpc_id: 'vpcId',
    type: 'type',
    protection_status: 'protectionStatus',
  }),
  member_deletion_protection_enable: {
    by: 'column',
    attribute: 'isMemberDeletionProtected',
    type: 'boolean',
  },
  ...onWire('string', ['healthmonitor_id', 'ip_version', 'public_border_group']),
  ...onWire('boolean', ['admin_state_up', 'any_port_enable']),
  loadbalancer_id: { by: 'relation', relation: 'loadBalancer' },
  listener_id: { by: 'relation', relation: 'listener' },
  member_address: { by: 'relation', relation: 'memberAddress' },
  member_device_id: { by: 'relation', relation: 'memberInstance' },
  member_instance_id: { by: 'relation', relation: 'memberInstance' },
  // Beyond the published keys: those with a member of that state; and those that policies send requests to as well.
  member_operating_status: { by: 'relation', relation: 'memberStatus' },
  serving_loadbalancer_id: { by: 'relation', relation: 'servingLoadBalancer' },
};

export const memberFilters: FilterTable<'member'> = {
  ...searchable,
  ...textColumns<'member'>({
    id: 'id',
    name: 'name',
    subnet_cidr_id: 'subnetCidrId',
    address: 'address',
    availability_zone: 'availabilityZone',
    pool_id: 'poolId',
  }),
  weight: { by: 'column', attribute: 'weight', type: 'integer' },
  protocol_port: { by: 'column', attribute: 'port', type: 'integer' },
  ...onWire('string', ['operating_status', 'ip_version', 'member_type', 'instance_id']),
  ...onWire('boolean', ['admin_state_up']),
  loadbalancer_id: { by: 'relation', relation: 'loadBalancer' },
};

export const healthMonitorFilters: FilterTable<'healthMonitor'> = {
  ...textColumns<'healthMonitor'>({
    id: 'id',
    name: 'name',
    type: 'type',
    domain_name: 'domainName',
    url_path: 'urlPath',
    http_method: 'httpMethod',
  }),
  monitor_port: { by: 'column', attribute: 'port', type: 'integer' },
  delay: { by: 'column', attribute: 'intervalSeconds', type: 'integer' },
  timeout: { by: 'column', attribute: 'timeoutSeconds', type: 'integer' },
  max_retries: { by: 'column', attribute: 'healthyThreshold', type: 'integer' },
  max_retries_down: { by: 'column', attribute: 'unhealthyThreshold', type: 'integer' },
  admin_state_up: { by: 'column', attribute: 'isAdminStateUp', type: 'boolean' },
  ...onWire('string', ['expected_codes']),
};

export const certificateFilters: FilterTable<'certificate'> = {
  ...searchable,
  ...textColumns<'certificate'>({
    id: 'id',
    name: 'name',
    description: 'description',
    domain: 'domain',
    type: 'type',
    scm_certificate_id: 'scmCertificateId',
    common_name: 'commonName',
    fingerprint: 'fingerprint',
    source: 'source',
    protection_status: 'protectionStatus',
    protection_reason: 'protectionReason',
  }),
  ...onWire('boolean', ['admin_state_up']),
  // Beyond the published keys: `expired`, `expiring` (within 30 days), `used` or `unused` (by listeners).
  state: { by: 'relation', relation: 'state' },
};

export const securityPolicyFilters: FilterTable<'securityPolicy'> = {
  ...searchable,
  ...textColumns<'securityPolicy'>({ id: 'id', name: 'name', description: 'description' }),
  ...onWire('string', ['protocols', 'ciphers', 'enterprise_project_id']),
};

export const ipGroupFilters: FilterTable<'ipGroup'> = {
  ...searchable,
  ...textColumns<'ipGroup'>({ id: 'id', name: 'name', description: 'description' }),
  ...onWire('string', ['enterprise_project_id']),
  ip_list: { by: 'relation', relation: 'ip' },
};

export const l7PolicyFilters: FilterTable<'l7Policy'> = {
  // Beyond the published keys: those that send requests to the pool, or a copy of them.
  pool_id: { by: 'relation', relation: 'pool' },
  ...searchable,
  ...textColumns<'l7Policy'>({
    id: 'id',
    name: 'name',
    description: 'description',
    listener_id: 'listenerId',
    action: 'action',
    redirect_pool_id: 'redirectPoolId',
    redirect_listener_id: 'redirectListenerId',
  }),
  priority: { by: 'column', attribute: 'priority', type: 'integer' },
  ...onWire('string', ['redirect_url', 'provisioning_status', 'enterprise_project_id']),
  ...onWire('integer', ['position']),
  ...onWire('boolean', ['admin_state_up']),
};

export const l7RuleFilters: FilterTable<'l7Rule'> = {
  ...textColumns<'l7Rule'>({
    id: 'id',
    compare_type: 'compareType',
    value: 'value',
    key: 'key',
    type: 'type',
    l7policy_id: 'policyId',
  }),
  ...onWire('string', ['provisioning_status', 'enterprise_project_id']),
  ...onWire('boolean', ['invert', 'admin_state_up']),
};
