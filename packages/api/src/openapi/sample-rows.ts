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
  SecurityPolicy,
} from '@elbow/model';
import { defaultInsertHeaders } from '../listener/insert-headers.ts';

/**
 * One row of each kind with everything set. What answers look like is read off the code that writes them, by writing
 * these: a field that is added there is in the documents, and a row that lacks a new attribute does not compile.
 */
const id = '00000000-0000-4000-8000-000000000001';
const certificateId = '00000000000040008000000000000001';
const base = {
  id,
  projectId: '0'.repeat(32),
  name: 'name',
  description: 'text',
  createdAtMs: 0,
  updatedAtMs: 0,
};
const guarded = { ...base, protectionStatus: 'nonProtection', protectionReason: '' } as const;
const tags = [{ key: 'env', value: 'prod' }];

export const loadBalancer: LoadBalancer = {
  ...guarded,
  isAdminStateUp: true,
  vpcId: id,
  vipSubnetCidrId: id,
  vipAddress: '127.0.0.2',
  vipPortId: id,
  publicAddress: '198.51.100.7',
  availabilityZones: ['az1'],
  l4FlavorId: id,
  l7FlavorId: id,
  backendSubnetIds: [id],
  sourceAddresses: [{ zone: 'az1', networkId: id, address: '127.0.1.2' }],
  isIpTargetEnabled: true,
  isDeletionProtected: false,
  enterpriseProjectId: '0',
  wafFailureAction: 'forward',
  tags,
  logTank: { id, groupId: 'group', topicId: 'topic', createdAtMs: 0 },
};

const listener: Omit<HttpListener, 'protocol'> = {
  ...guarded,
  loadBalancerId: id,
  port: 443,
  defaultPoolId: id,
  isRetryEnabled: true,
  keepaliveTimeoutSeconds: 60,
  clientTimeoutSeconds: 60,
  memberTimeoutSeconds: 60,
  cps: 0,
  connection: 0,
  insertHeaders: defaultInsertHeaders,
  isAdvancedForwardingEnabled: true,
  accessControl: { ipGroupIds: [id], isEnabled: true, type: 'white' },
  isCompressionEnabled: true,
  tags,
};

export const httpListener: HttpListener = { ...listener, protocol: 'HTTP' };

export const httpsListener: HttpsListener = {
  ...listener,
  protocol: 'HTTPS',
  certificateId,
  sniCertificateIds: [certificateId],
  sniMatch: 'wildcard',
  clientCaCertificateId: certificateId,
  securityPolicy: 'tls-1-2',
  securityPolicyId: id,
  isHttp2Enabled: true,
  isEarlyDataEnabled: false,
};

export const pool: Pool = {
  ...guarded,
  protocol: 'HTTPS',
  algorithm: 'ROUND_ROBIN',
  sessionPersistence: { type: 'APP_COOKIE', cookieName: 'session', minutes: 60 },
  slowStart: { isEnabled: true, durationSeconds: 30 },
  isFailOpen: false,
  memberTls: { isVerified: true, caPem: 'pem', caCertificateId: certificateId, serverName: 'name' },
  passiveEjection: { isEnabled: true, failures: 3, seconds: 30 },
  loadBalancerId: id,
  type: 'ip',
  vpcId: id,
  isMemberDeletionProtected: false,
  enterpriseProjectId: '0',
};

export const member: Member = {
  ...base,
  poolId: id,
  address: '127.0.9.1',
  port: 8080,
  weight: 1,
  subnetCidrId: id,
  availabilityZone: 'az1',
  joinedAtMs: 0,
};

export const healthMonitor: HealthMonitor = {
  ...base,
  poolId: id,
  type: 'HTTP',
  isAdminStateUp: true,
  intervalSeconds: 5,
  timeoutSeconds: 3,
  healthyThreshold: 3,
  unhealthyThreshold: 3,
  port: 80,
  domainName: 'www.example.test',
  httpMethod: 'GET',
  urlPath: '/',
  expectedCodes: '200',
};

export const certificate: Certificate = {
  ...guarded,
  id: certificateId,
  type: 'server',
  certificatePem: 'pem',
  sealedKey: 'sealed',
  keyType: 'EC',
  revocationsPem: null,
  domain: 'www.example.test',
  commonName: 'www.example.test',
  subjectAlternativeNames: ['www.example.test'],
  fingerprint: '0',
  expiresAtMs: 0,
  enterpriseProjectId: '0',
  scmCertificateId: 'id',
  source: 'scm',
};

export const securityPolicy: SecurityPolicy = {
  ...base,
  protocols: ['TLSv1.3'],
  ciphers: ['TLS_AES_128_GCM_SHA256'],
  enterpriseProjectId: '0',
};

export const ipGroup: IpGroup = {
  ...base,
  entries: [{ ip: '192.0.2.0/24', description: 'text' }],
  enterpriseProjectId: '0',
};

const edits = {
  insertHeaders: [{ key: 'x-a', valueType: 'USER_DEFINED', value: 'b' }],
  removeHeaders: ['x-c'],
} as const;
const trafficLimit = { qps: 1, perSourceQps: 1, burst: 1 };

export const l7Policy: L7Policy = {
  ...base,
  listenerId: id,
  action: 'REDIRECT_TO_POOL',
  priority: 1,
  redirectPoolId: id,
  redirectPools: [{ poolId: id, weight: 100 }],
  poolStickiness: { isEnabled: true, timeoutMinutes: 60 },
  poolsExtension: {
    ...edits,
    isRewriteEnabled: true,
    rewrite: { host: '${host}', path: '${path}', query: '${query}' },
    trafficLimit,
    cors: {
      allowOrigin: ['*'],
      allowMethods: ['GET'],
      allowHeaders: ['x-a'],
      exposeHeaders: ['x-b'],
      allowCredentials: false,
      maxAgeSeconds: 60,
    },
    mirror: { poolIds: [id], isBodySent: true },
  },
  redirectListenerId: id,
  redirectUrl: {
    ...edits,
    protocol: 'HTTPS',
    host: '${host}',
    port: '443',
    path: '${path}',
    query: '${query}',
    statusCode: 301,
  },
  fixedResponse: { ...edits, statusCode: 200, contentType: 'text/plain', messageBody: 'text', trafficLimit },
};

export const l7Rule: L7Rule = {
  ...base,
  policyId: id,
  type: 'HEADER',
  compareType: 'EQUAL_TO',
  key: 'x-a',
  value: 'b',
  conditions: [{ key: 'x-a', value: 'b' }],
};

export const job: Job = {
  ...base,
  type: 'cloneLoadbalancer',
  status: 'SUCCESS',
  resourceId: id,
  endedAtMs: 0,
  errorCode: 'ELB.8907',
  errorMessage: 'text',
  memberCheck: null,
  subJobs: [
    {
      id,
      status: 'SUCCESS',
      resourceId: id,
      resourceType: 'loadbalancer',
      errorCode: 'ELB.8907',
      errorMessage: 'text',
    },
  ],
};

export const recycledLoadBalancer: RecycledLoadBalancer = {
  ...base,
  expiresAtMs: 0,
  snapshot: {
    loadBalancer,
    listeners: [httpsListener],
    policies: [l7Policy],
    rules: [l7Rule],
    pools: [pool],
    members: [member],
    monitors: [healthMonitor],
  },
};
