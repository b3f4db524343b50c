import {
  sampleCertificate,
  sampleHttpListener,
  sampleLoadBalancer,
  sampleMember,
  sampleMonitor,
  samplePool,
} from '@elbow/model/testing';
import { expect, it } from 'vitest';
import { certificateToWire } from './certificate/certificate-wire.ts';
import { healthMonitorToWire } from './health-monitor/health-monitor-wire.ts';
import { listenerToWire } from './listener/listener-wire.ts';
import { loadBalancerToWire } from './load-balancer/load-balancer-wire.ts';
import { memberOfAnyPoolToWire } from './member/member-wire.ts';
import { poolToWire } from './pool/pool-wire.ts';

const listener = sampleHttpListener({ defaultPoolId: null, createdAtMs: 1_704_164_645_678, updatedAtMs: 0 });
const none = { listenerIds: [], loadBalancerIds: [], memberIds: [], poolIds: [], healthMonitorId: null };
const unknown = { operatingStatus: 'UNKNOWN', reason: null, sinceMs: null } as const;

/** Fields that the published tables mark as always present: what is null is shown too. */
const always: readonly (readonly [string, object, string])[] = [
  [
    'load balancer',
    loadBalancerToWire(sampleLoadBalancer({ vipAddress: null, l7FlavorId: null }), none),
    'id project_id name description provisioning_status operating_status admin_state_up provider guaranteed vpc_id ' +
      'vip_subnet_cidr_id vip_address vip_port_id ipv6_vip_virsubnet_id ipv6_vip_address ipv6_vip_port_id ' +
      'availability_zone_list enterprise_project_id l4_flavor_id l7_flavor_id l4_scale_flavor_id l7_scale_flavor_id ' +
      'elb_virsubnet_ids elb_virsubnet_type ip_target_enable eips publicips global_eips tags listeners pools ' +
      'billing_info frozen_scene created_at updated_at',
  ],
  [
    'listener',
    listenerToWire(listener, { enterpriseProjectId: '0' }),
    'id project_id enterprise_project_id name description loadbalancers protocol protocol_port admin_state_up ' +
      'default_pool_id connection_limit default_tls_container_ref client_ca_tls_container_ref sni_container_refs ' +
      'sni_match_algo tls_ciphers_policy security_policy_id http2_enable insert_headers enable_member_retry ' +
      'keepalive_timeout client_timeout member_timeout ipgroup transparent_client_ip_enable enhance_l7policy_enable ' +
      'tags created_at updated_at',
  ],
  [
    'pool',
    poolToWire(samplePool({ loadBalancerId: null }), none),
    'id project_id name description admin_state_up protocol lb_algorithm type vpc_id listeners loadbalancers members ' +
      'healthmonitor_id session_persistence slow_start member_deletion_protection_enable ip_version',
  ],
  [
    'member',
    memberOfAnyPoolToWire(sampleMember(), { ...none, status: unknown }),
    'id project_id name address protocol_port weight availability_zone admin_state_up ip_version operating_status ' +
      'status pool_id',
  ],
  [
    'health monitor',
    healthMonitorToWire(sampleMonitor({ type: 'GRPC' })),
    'id project_id name pools type delay timeout max_retries max_retries_down monitor_port domain_name http_method ' +
      'url_path expected_codes admin_state_up',
  ],
  [
    'certificate',
    certificateToWire(sampleCertificate()),
    'id project_id name description type certificate private_key domain expire_time admin_state_up created_at updated_at',
  ],
];

it.each(always)('a %s shows every field that is always there', (_kind, wire, fields) => {
  expect(Object.keys(wire)).toEqual(expect.arrayContaining(fields.split(' ')));
  expect(Object.values(wire)).not.toContain(undefined);
});

it('times have no fractions and end in Z', () => {
  expect(listenerToWire(listener, { enterpriseProjectId: '0' })).toMatchObject({
    created_at: '2024-01-02T03:04:05Z',
    updated_at: '1970-01-01T00:00:00Z',
    loadbalancers: [{ id: 'lb-1' }],
  });
});

it('no key leaves, sealed or not', () => {
  expect(JSON.stringify(certificateToWire(sampleCertificate()))).not.toContain('sealed');
});
