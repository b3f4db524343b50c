import type { Certificate, HttpListener, HttpsListener, LoadBalancer, Member, Pool } from '@elbow/model';
import type { LoadBalancerTree } from './tree.ts';

const base = {
  projectId: 'project-1',
  name: '',
  description: '',
  createdAtMs: 1_700_000_000_000,
  updatedAtMs: 1_700_000_000_000,
};
const unprotected = { protectionStatus: 'nonProtection', protectionReason: '' } as const;

/** Rows for tests of this room: valid as they are, any field replaceable. */
export function sampleLoadBalancer(changes: Partial<LoadBalancer> = {}): LoadBalancer {
  return {
    ...base,
    ...unprotected,
    id: 'lb-1',
    isAdminStateUp: true,
    vpcId: 'vpc-1',
    vipSubnetCidrId: null,
    vipAddress: '127.0.0.2',
    vipPortId: null,
    availabilityZones: ['az1'],
    l4FlavorId: null,
    l7FlavorId: 'l7-small',
    backendSubnetIds: [],
    isIpTargetEnabled: false,
    isDeletionProtected: false,
    enterpriseProjectId: '0',
    wafFailureAction: 'forward',
    tags: [],
    ...changes,
  };
}

export function sampleHttpListener(changes: Partial<HttpListener> = {}): HttpListener {
  return {
    ...base,
    ...unprotected,
    id: 'listener-http',
    loadBalancerId: 'lb-1',
    protocol: 'HTTP',
    port: 80,
    defaultPoolId: 'pool-1',
    isRetryEnabled: true,
    keepaliveTimeoutSeconds: 60,
    clientTimeoutSeconds: 60,
    memberTimeoutSeconds: 60,
    cps: 0,
    connection: 0,
    insertHeaders: {
      forwardedFor: 'append',
      forwardedHost: true,
      forwardedProto: false,
      forwardedPort: false,
      forwardedForPort: false,
      forwardedElbId: false,
      forwardedElbIp: false,
      realIp: false,
    },
    isAdvancedForwardingEnabled: true,
    tags: [],
    ...changes,
  };
}

export function sampleHttpsListener(changes: Partial<HttpsListener> = {}): HttpsListener {
  return {
    ...sampleHttpListener(),
    id: 'listener-https',
    protocol: 'HTTPS',
    port: 443,
    certificateId: 'certificate-1',
    securityPolicy: 'tls-1-2',
    isHttp2Enabled: false,
    ...changes,
  };
}

export function samplePool(changes: Partial<Pool> = {}): Pool {
  return {
    ...base,
    ...unprotected,
    id: 'pool-1',
    protocol: 'HTTP',
    algorithm: 'ROUND_ROBIN',
    loadBalancerId: 'lb-1',
    type: '',
    vpcId: 'vpc-1',
    isMemberDeletionProtected: false,
    enterpriseProjectId: '0',
    ...changes,
  };
}

export function sampleMember(changes: Partial<Member> = {}): Member {
  return {
    ...base,
    id: 'member-1',
    poolId: 'pool-1',
    address: '127.0.0.1',
    port: 8081,
    weight: 1,
    subnetCidrId: null,
    availabilityZone: 'az1',
    ...changes,
  };
}

export function sampleCertificate(changes: Partial<Certificate> = {}): Certificate {
  return {
    ...base,
    ...unprotected,
    id: 'certificate-1',
    type: 'server',
    certificatePem: '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n',
    sealedKey: 'sealed',
    domain: null,
    commonName: 'www.example.test',
    subjectAlternativeNames: ['www.example.test'],
    fingerprint: '00',
    expiresAtMs: 1_900_000_000_000,
    enterpriseProjectId: '0',
    scmCertificateId: null,
    source: null,
    ...changes,
  };
}

/** An HTTPS listener, its certificate, and a pool of two members. */
export function sampleTree(changes: Partial<LoadBalancerTree> = {}): LoadBalancerTree {
  return {
    loadBalancer: sampleLoadBalancer(),
    listeners: [sampleHttpsListener()],
    pools: [samplePool()],
    members: [sampleMember(), sampleMember({ id: 'member-2', port: 8082 })],
    certificates: [sampleCertificate()],
    ...changes,
  };
}
