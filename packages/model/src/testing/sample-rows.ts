import type {
  Certificate,
  HealthMonitor,
  HttpListener,
  HttpsListener,
  IpGroup,
  L7Policy,
  L7Rule,
  LoadBalancer,
  Member,
  Pool,
} from '../index.ts';

const base = {
  projectId: 'project-1',
  name: '',
  description: '',
  createdAtMs: 1_700_000_000_000,
  updatedAtMs: 1_700_000_000_000,
};
const unprotected = { protectionStatus: 'nonProtection', protectionReason: '' } as const;

/** Rows for tests of all rooms: valid as they are, any field replaceable. */
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
    sourceAddresses: [],
    publicAddress: null,
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
      tls: {},
    },
    isAdvancedForwardingEnabled: true,
    accessControl: null,
    isCompressionEnabled: false,
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
    sniCertificateIds: [],
    sniMatch: 'wildcard',
    clientCaCertificateId: null,
    securityPolicy: 'tls-1-2',
    securityPolicyId: null,
    isHttp2Enabled: false,
    isEarlyDataEnabled: false,
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
    sessionPersistence: null,
    slowStart: null,
    isFailOpen: false,
    memberTls: null,
    passiveEjection: null,
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
    joinedAtMs: null,
    ...changes,
  };
}

export function sampleMonitor(changes: Partial<HealthMonitor> = {}): HealthMonitor {
  return {
    ...base,
    id: 'monitor-1',
    poolId: 'pool-1',
    type: 'HTTP',
    isAdminStateUp: true,
    intervalSeconds: 5,
    timeoutSeconds: 3,
    healthyThreshold: 3,
    unhealthyThreshold: 3,
    port: null,
    domainName: null,
    httpMethod: 'GET',
    urlPath: '/',
    expectedCodes: null,
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
    keyType: 'EC',
    revocationsPem: null,
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

export function samplePolicy(changes: Partial<L7Policy> = {}): L7Policy {
  return {
    ...base,
    id: 'policy-1',
    listenerId: 'listener-https',
    action: 'REDIRECT_TO_POOL',
    priority: 1,
    redirectPoolId: 'pool-1',
    redirectPools: [],
    poolStickiness: null,
    poolsExtension: null,
    redirectListenerId: null,
    redirectUrl: null,
    fixedResponse: null,
    ...changes,
  };
}

export function sampleRule(changes: Partial<L7Rule> = {}): L7Rule {
  return {
    ...base,
    id: 'rule-1',
    policyId: 'policy-1',
    type: 'PATH',
    compareType: 'STARTS_WITH',
    key: null,
    value: '/a',
    conditions: [],
    ...changes,
  };
}

export function sampleIpGroup(changes: Partial<IpGroup> = {}): IpGroup {
  return { ...base, id: 'group-1', entries: [], enterpriseProjectId: '0', ...changes };
}
