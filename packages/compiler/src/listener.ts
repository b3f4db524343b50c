import { flavorLimits, type Limits, type Listener, type LoadBalancer } from '@elbow/model';
import type { FlavorLimits, ForwardingHeaders, ListenerLimits, PoolChunk } from '@elbow/plan';
import { compileAccess } from './address-set.ts';
import { compileListenerTls } from './listener-tls.ts';
import { hasPolicies } from './policy-table.ts';
import { failed, made, type Outcome } from './outcome.ts';
import type { ResolvedTree } from './resolve.ts';
import { compileTlsFields } from './tls-fields.ts';

/** The API has no field for it. */
const connectTimeoutMs = 5_000;

/** Which pools a listener may forward to, by the protocols of both. */
const fittingPools: Readonly<Record<Listener['protocol'], readonly PoolChunk['protocol'][]>> = {
  HTTP: ['HTTP'],
  HTTPS: ['HTTP', 'HTTPS', 'GRPC'],
};

/** What a listener is given by its surroundings. */
export interface ListenerPlace {
  readonly address: string;
  readonly isAccessLogEnabled: boolean;
  /** Where connections to members come from. */
  readonly sourceAddresses: readonly string[];
}

export function compileListener(listener: Listener, tree: ResolvedTree, place: ListenerPlace): Outcome {
  const poolProblem = checkDefaultPool(listener, tree);
  if (poolProblem !== null) return failed('listener', listener.id, poolProblem);
  const tls = listener.protocol === 'HTTPS' ? compileListenerTls(listener, tree) : null;
  if (typeof tls === 'string') return failed('listener', listener.id, tls);
  return made({
    kind: 'listener',
    id: listener.id,
    loadBalancerId: tree.loadBalancer.id,
    projectId: tree.loadBalancer.projectId,
    address: place.address,
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
    limits: compileLimits(listener, tree.loadBalancer),
    isRetryEnabled: listener.isRetryEnabled,
    forwarding: compileForwarding(listener, tree.loadBalancer),
    access: compileAccess(listener, tree),
    hasPolicies: hasPolicies(listener, tree),
    defaultPoolId: listener.defaultPoolId,
    isCompressionEnabled: listener.isCompressionEnabled,
    isAccessLogEnabled: place.isAccessLogEnabled,
    sourceAddresses: place.sourceAddresses,
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

/** What the listener asks for, and what it shares with the others of its load balancer. */
function compileLimits({ protocol, cps, connection }: Listener, loadBalancer: LoadBalancer): ListenerLimits {
  const flavor = flavorLimits(protocol, loadBalancer);
  return {
    newConnectionsPerSecond: cps,
    concurrentConnections: connection,
    flavor: flavor === null ? null : compileFlavor(flavor),
  };
}

function compileFlavor({ connections, bandwidth, ...perSecond }: Limits): FlavorLimits {
  return { ...perSecond, concurrentConnections: connections, bitsPerSecond: bandwidth * 1000 };
}

function compileForwarding(listener: Listener, loadBalancer: LoadBalancer): ForwardingHeaders {
  const headers = listener.insertHeaders;
  return {
    forwardedFor: headers.forwardedFor,
    forwardedHost: headers.forwardedHost,
    forwardedProto: headers.forwardedProto,
    forwardedPort: headers.forwardedPort,
    forwardedForPort: headers.forwardedForPort,
    realIp: headers.realIp,
    loadBalancerId: headers.forwardedElbId ? loadBalancer.id : null,
    publicAddress: headers.forwardedElbIp ? loadBalancer.publicAddress : null,
    tlsFields: listener.protocol === 'HTTPS' ? compileTlsFields(headers.tls) : [],
  };
}
