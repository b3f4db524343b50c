import type {
  Certificate,
  HealthMonitor,
  HttpListener,
  HttpsListener,
  IpGroup,
  Job,
  L7Policy,
  L7Rule,
  LoadBalancer,
  Member,
  Pool,
  RecycledLoadBalancer,
  ResourceBase,
} from '@elbow/model';

const protection = { protectionStatus: 'nonProtection', protectionReason: '' } as const;

export function aLoadBalancer(id: string, changes: Partial<LoadBalancer> = {}): LoadBalancer {
  return {
    ...base(id),
    ...protection,
    isAdminStateUp: true,
    vpcId: 'vpc',
    vipSubnetCidrId: null,
    vipAddress: null,
    vipPortId: null,
    availabilityZones: ['az1'],
    l4FlavorId: null,
    l7FlavorId: null,
    backendSubnetIds: [],
    sourceAddresses: [],
    publicAddress: null,
    isIpTargetEnabled: true,
    isDeletionProtected: false,
    enterpriseProjectId: '0',
    wafFailureAction: 'forward',
    tags: [{ key: 'team', value: 'edge' }],
    ...changes,
  };
}

type ListenerBase = Omit<HttpListener, 'protocol'>;

export function anHttpListener(id: string, changes: Partial<ListenerBase> = {}): HttpListener {
  return { ...listenerBase(id), protocol: 'HTTP', ...changes };
}

export function anHttpsListener(
  id: string,
  changes: Partial<Omit<HttpsListener, 'protocol'>> = {},
): HttpsListener {
  return {
    ...listenerBase(id),
    protocol: 'HTTPS',
    certificateId: 'certificate',
    sniCertificateIds: [],
    sniMatch: 'wildcard',
    clientCaCertificateId: null,
    securityPolicy: 'tls-1-2',
    securityPolicyId: null,
    isHttp2Enabled: true,
    isEarlyDataEnabled: false,
    ...changes,
  };
}

export function aPool(id: string, changes: Partial<Pool> = {}): Pool {
  return {
    ...base(id),
    ...protection,
    protocol: 'HTTP',
    algorithm: 'ROUND_ROBIN',
    sessionPersistence: null,
    slowStart: null,
    isFailOpen: false,
    memberTls: null,
    passiveEjection: null,
    loadBalancerId: null,
    type: '',
    vpcId: 'vpc',
    isMemberDeletionProtected: false,
    enterpriseProjectId: '0',
    ...changes,
  };
}

export function aMember(id: string, changes: Partial<Member> = {}): Member {
  return {
    ...base(id),
    poolId: 'pool',
    address: '127.0.0.1',
    port: 8080,
    weight: 1,
    subnetCidrId: null,
    availabilityZone: 'az1',
    joinedAtMs: null,
    ...changes,
  };
}

export function aHealthMonitor(id: string, changes: Partial<HealthMonitor> = {}): HealthMonitor {
  return {
    ...base(id),
    poolId: 'pool',
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

export function aCertificate(id: string, changes: Partial<Certificate> = {}): Certificate {
  return {
    ...base(id),
    ...protection,
    type: 'server',
    certificatePem: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
    sealedKey: 'v1.c2VhbGVk',
    keyType: 'EC',
    revocationsPem: null,
    domain: null,
    commonName: 'example.test',
    subjectAlternativeNames: ['example.test', '*.example.test'],
    fingerprint: 'ab'.repeat(32),
    expiresAtMs: 2_000_000_000_000,
    enterpriseProjectId: '0',
    scmCertificateId: null,
    source: null,
    ...changes,
  };
}

export function anIpGroup(id: string, changes: Partial<IpGroup> = {}): IpGroup {
  return {
    ...base(id),
    entries: [{ ip: '192.0.2.0/24', description: 'hq' }],
    enterpriseProjectId: '0',
    ...changes,
  };
}

export function anL7Policy(id: string, changes: Partial<L7Policy> = {}): L7Policy {
  return {
    ...base(id),
    listenerId: 'http',
    action: 'REDIRECT_TO_POOL',
    priority: 1,
    redirectPoolId: 'pool',
    redirectPools: [],
    poolStickiness: null,
    poolsExtension: null,
    redirectListenerId: null,
    redirectUrl: null,
    fixedResponse: null,
    ...changes,
  };
}

export function anL7Rule(id: string, changes: Partial<L7Rule> = {}): L7Rule {
  return {
    ...base(id),
    policyId: 'policy',
    type: 'PATH',
    compareType: 'STARTS_WITH',
    key: null,
    value: '/a',
    conditions: [],
    ...changes,
  };
}

export function aJob(id: string, changes: Partial<Job> = {}): Job {
  return {
    ...base(id),
    type: 'cloneLoadbalancer',
    status: 'SUCCESS',
    resourceId: 'lb',
    endedAtMs: 1_000,
    errorCode: null,
    errorMessage: null,
    subJobs: [
      {
        id: `${id}-1`,
        status: 'SUCCESS',
        resourceId: 'copy',
        resourceType: 'loadbalancer',
        errorCode: null,
        errorMessage: null,
      },
    ],
    ...changes,
  };
}

/** Its snapshot names rows that need not exist. */
export function aRecycledLoadBalancer(id: string): RecycledLoadBalancer {
  return {
    ...base(id),
    expiresAtMs: 2_000,
    snapshot: {
      loadBalancer: aLoadBalancer(id),
      listeners: [anHttpsListener('gone', { loadBalancerId: id })],
      policies: [anL7Policy('gone')],
      rules: [anL7Rule('gone')],
      pools: [aPool('gone')],
      members: [aMember('gone')],
      monitors: [aHealthMonitor('gone')],
    },
  };
}

function base(id: string): ResourceBase {
  return { id, projectId: 'project', name: id, description: '', createdAtMs: 1_000, updatedAtMs: 1_000 };
}

function listenerBase(id: string): ListenerBase {
  return {
    ...base(id),
    ...protection,
    loadBalancerId: 'lb',
    port: 80,
    defaultPoolId: null,
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
    isAdvancedForwardingEnabled: false,
    accessControl: null,
    isCompressionEnabled: false,
    tags: [],
  };
}
