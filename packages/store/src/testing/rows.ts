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
import {
  sampleCertificate,
  sampleHttpListener,
  sampleHttpsListener,
  sampleIpGroup,
  sampleLoadBalancer,
  sampleMember,
  sampleMonitor,
  samplePolicy,
  samplePool,
  sampleRule,
} from '@elbow/model/testing';

const alone = { loadBalancerId: 'lb', defaultPoolId: null, isAdvancedForwardingEnabled: false } as const;

/** Sample rows by id. What one cannot be without is named after its kind; what it can be without is not there. */
export function aLoadBalancer(id: string, changes: Partial<LoadBalancer> = {}): LoadBalancer {
  const tags = [{ key: 'team', value: 'edge' }];
  return sampleLoadBalancer({ ...base(id), vipAddress: null, tags, ...changes });
}

type ListenerBase = Omit<HttpListener, 'protocol'>;

export function anHttpListener(id: string, changes: Partial<ListenerBase> = {}): HttpListener {
  return sampleHttpListener({ ...base(id), ...alone, ...changes });
}

export function anHttpsListener(
  id: string,
  changes: Partial<Omit<HttpsListener, 'protocol'>> = {},
): HttpsListener {
  const own = { port: 80, certificateId: 'certificate', isHttp2Enabled: true };
  return sampleHttpsListener({ ...base(id), ...alone, ...own, ...changes });
}

export function aPool(id: string, changes: Partial<Pool> = {}): Pool {
  return samplePool({ ...base(id), loadBalancerId: null, ...changes });
}

export function aMember(id: string, changes: Partial<Member> = {}): Member {
  return sampleMember({ ...base(id), poolId: 'pool', port: 8080, ...changes });
}

export function aHealthMonitor(id: string, changes: Partial<HealthMonitor> = {}): HealthMonitor {
  return sampleMonitor({ ...base(id), poolId: 'pool', ...changes });
}

export function aCertificate(id: string, changes: Partial<Certificate> = {}): Certificate {
  return sampleCertificate({ ...base(id), ...changes });
}

export function anIpGroup(id: string, changes: Partial<IpGroup> = {}): IpGroup {
  return sampleIpGroup({ ...base(id), entries: [{ ip: '192.0.2.0/24', description: 'hq' }], ...changes });
}

export function anL7Policy(id: string, changes: Partial<L7Policy> = {}): L7Policy {
  return samplePolicy({ ...base(id), listenerId: 'http', redirectPoolId: 'pool', ...changes });
}

export function anL7Rule(id: string, changes: Partial<L7Rule> = {}): L7Rule {
  return sampleRule({ ...base(id), policyId: 'policy', ...changes });
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
    memberCheck: null,
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
