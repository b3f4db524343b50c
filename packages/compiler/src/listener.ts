import type { InsertHeaders, Listener, LoadBalancer } from '@elbow/model';
import type { ForwardingHeaders, ListenerTls, PoolChunk } from '@elbow/plan';
import { failed, made, type Outcome } from './outcome.ts';
import type { ResolvedTree } from './resolve.ts';
import { compileTlsPolicy } from './tls-policy.ts';

/** The API has no field for it. */
const connectTimeoutMs = 5_000;

/** Which pools a listener may forward to, by the protocols of both. */
const fittingPools: Readonly<Record<Listener['protocol'], readonly PoolChunk['protocol'][]>> = {
  HTTP: ['HTTP'],
  HTTPS: ['HTTP', 'HTTPS', 'GRPC'],
};

export function compileListener(listener: Listener, tree: ResolvedTree, address: string): Outcome {
  const poolProblem = checkDefaultPool(listener, tree);
  if (poolProblem !== null) return failed('listener', listener.id, poolProblem);
  const tls = compileTls(listener, tree);
  if (typeof tls === 'string') return failed('listener', listener.id, tls);
  return made({
    kind: 'listener',
    id: listener.id,
    loadBalancerId: tree.loadBalancer.id,
    address,
    port: listener.port,
    protocol: listener.protocol,
    tls,
    isHttp2Enabled: listener.protocol === 'HTTPS' && listener.isHttp2Enabled,
    timers: {
      idleMs: listener.keepaliveTimeoutSeconds * 1000,
      requestMs: listener.clientTimeoutSeconds * 1000,
      responseMs: listener.memberTimeoutSeconds * 1000,
      connectMs: connectTimeoutMs,
    },
    limits: { newConnectionsPerSecond: listener.cps, concurrentConnections: listener.connection },
    isRetryEnabled: listener.isRetryEnabled,
    forwarding: compileForwarding(listener.insertHeaders, tree.loadBalancer),
    defaultPoolId: listener.defaultPoolId,
    // An access log belongs to a log stream of the load balancer, and there are no log streams yet.
    isAccessLogEnabled: false,
  });
}

/** @returns why the listener cannot forward to its pool, or null */
function checkDefaultPool(listener: Listener, tree: ResolvedTree): string | null {
  if (listener.defaultPoolId === null) return null;
  const pool = tree.pools.get(listener.defaultPoolId);
  if (pool === undefined) return `pool ${listener.defaultPoolId} does not exist`;
  return fittingPools[listener.protocol].includes(pool.protocol)
    ? null
    : `pool ${pool.id} speaks ${pool.protocol}, which does not fit a listener of protocol ${listener.protocol}`;
}

/** @returns null for a listener without TLS, a text for one whose TLS cannot be made */
function compileTls(listener: Listener, tree: ResolvedTree): ListenerTls | null | string {
  if (listener.protocol !== 'HTTPS') return null;
  const { certificateId } = listener;
  if (!tree.certificates.has(certificateId)) return `certificate ${certificateId} does not exist`;
  const policy = compileTlsPolicy(listener.securityPolicy);
  return policy === null
    ? `security policy ${listener.securityPolicy} does not exist`
    : { certificateId, ...policy };
}

/** A load balancer has no public address here, so `X-Forwarded-ELB-IP` has nothing to say even when it is on. */
function compileForwarding(headers: InsertHeaders, loadBalancer: LoadBalancer): ForwardingHeaders {
  return {
    forwardedFor: headers.forwardedFor,
    forwardedHost: headers.forwardedHost,
    forwardedProto: headers.forwardedProto,
    forwardedPort: headers.forwardedPort,
    forwardedForPort: headers.forwardedForPort,
    realIp: headers.realIp,
    loadBalancerId: headers.forwardedElbId ? loadBalancer.id : null,
    publicAddress: null,
  };
}
