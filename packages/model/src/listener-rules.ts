import type { Listener } from './listener.ts';
import type { LoadBalancer } from './load-balancer.ts';
import type { Pool } from './pool.ts';
import { conflict, invalidField, type Problem, problem } from './problem.ts';
import type { Settings } from './settings.ts';

type Placed = Pick<Listener, 'loadBalancerId' | 'port'>;

/** TCP, HTTP, HTTPS and TLS listeners of one load balancer share one set of ports. */
export function checkPortIsFree(listener: Placed, siblings: readonly Placed[]): Problem | null {
  if (!siblings.some(({ port }) => port === listener.port)) return null;
  return portTaken(listener);
}

/** The wording is a contract: cloud controllers look for "already has a listener". */
export function portTaken({ loadBalancerId, port }: Placed): Problem {
  return conflict(`Load balancer ${loadBalancerId} already has a listener with protocol_port of ${port}.`);
}

/** The node says which ports its process may bind. */
export function checkLowestPort(port: number, lowestPort: number): Problem | null {
  if (port >= lowestPort) return null;
  return invalidField(
    'listener.protocol_port',
    `${port} cannot be bound: this node runs without the right to bind ports below ${lowestPort} ` +
      '(run it as root, grant CAP_NET_BIND_SERVICE, or lower net.ipv4.ip_unprivileged_port_start)',
  );
}

/** A listener must not take the socket that the API itself answers on. */
export function checkNotAdminAddress(
  port: number,
  vipAddress: string | null,
  admin: Settings['admin'],
): Problem | null {
  const isSameHost = admin.host === vipAddress || admin.host === '0.0.0.0' || admin.host === '::';
  if (!isSameHost || admin.port !== port) return null;
  return conflict(`port ${port} of ${vipAddress} is the admin address of this installation`);
}

/** Without any flavor a load balancer serves both kinds; with a network flavor alone it serves no HTTP. */
export function checkServesHttp(
  loadBalancer: Pick<LoadBalancer, 'id' | 'l4FlavorId' | 'l7FlavorId'>,
): Problem | null {
  if (loadBalancer.l7FlavorId !== null || loadBalancer.l4FlavorId === null) return null;
  return invalidField(
    'listener.protocol',
    `load balancer ${loadBalancer.id} has a network (L4) flavor only; HTTP and HTTPS listeners need an l7_flavor_id`,
  );
}

/** Which pool protocol fits which listener. */
const poolProtocols: Readonly<Record<Listener['protocol'], readonly string[]>> = {
  HTTP: ['HTTP'],
  HTTPS: ['HTTP', 'HTTPS', 'GRPC'],
};

/** What of a listener decides which pools fit. */
type PoolUser = Pick<Listener, 'protocol'> & { readonly isHttp2Enabled?: boolean };

/** @param field path of the field that joins the two, e.g. `listener.default_pool_id` */
export function checkPoolFits(
  field: string,
  pool: Pick<Pool, 'id' | 'protocol'>,
  listener: PoolUser,
): Problem | null {
  const fitting = poolProtocols[listener.protocol];
  if (fitting.includes(pool.protocol)) return checkHttp2Suits(field, pool, listener);
  return invalidField(
    field,
    `pool ${pool.id} has protocol ${pool.protocol}; ${listener.protocol} listeners take ${fitting.join(', ')}`,
  );
}

/** gRPC is HTTP/2 from end to end. @param field the field that attaches the pool or switches HTTP/2 off */
export function checkHttp2Suits(
  field: string,
  pool: Pick<Pool, 'id' | 'protocol'>,
  { isHttp2Enabled }: PoolUser,
): Problem | null {
  if (pool.protocol !== 'GRPC' || isHttp2Enabled === true) return null;
  return invalidField(field, `pool ${pool.id} has protocol GRPC, which needs http2_enable on its listener`);
}

/** One pool may serve many listeners, up to a limit. */
export function checkListenersPerPool(poolId: string, listenerCount: number, limit: number): Problem | null {
  if (limit < 0 || listenerCount < limit) return null;
  return problem(
    'quotaExceeded',
    `quota exceeded for listeners_per_pool: pool ${poolId} serves ${limit} listeners`,
  );
}

/** A listener goes only when nothing hangs on it that would silently stop being served. */
export function checkListenerIsUnused(
  listener: Pick<Listener, 'id' | 'defaultPoolId'>,
  memberCountOfDefaultPool: number,
): Problem | null {
  if (listener.defaultPoolId === null || memberCountOfDefaultPool === 0) return null;
  return conflict(
    `pool ${listener.defaultPoolId} is using this listener ${listener.id}: set its default_pool_id to null first, ` +
      'or delete it by /force',
  );
}
