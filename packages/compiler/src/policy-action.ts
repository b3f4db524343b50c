import type { InsertedHeader, L7Policy, Listener, PoolsExtension, SystemValue } from '@elbow/model';
import type {
  ConnectionFact,
  FieldWrite,
  ForwardAction,
  PolicyAction,
  PolicyEntry,
  PoolShare,
  RedirectAction,
} from '@elbow/plan';
import type { ResolvedTree } from './resolve.ts';

export function compileAction(policy: L7Policy, listener: Listener, tree: ResolvedTree): PolicyAction {
  const { redirectUrl, fixedResponse } = policy;
  if (policy.action === 'REDIRECT_TO_LISTENER') return compileListenerRedirect(policy, tree);
  if (redirectUrl !== null) {
    const { statusCode: status, protocol, host, port, path, query } = redirectUrl;
    return { kind: 'redirect', status, protocol, host, port, path, query };
  }
  if (fixedResponse !== null) return compileFixedAnswer(fixedResponse);
  return compileForward(policy, listener, tree);
}

function compileFixedAnswer({
  statusCode,
  contentType,
  messageBody,
}: NonNullable<L7Policy['fixedResponse']>): PolicyAction {
  const isText = contentType.startsWith('text/') || contentType === 'application/javascript';
  const type = isText ? `${contentType}; charset=utf-8` : contentType;
  return { kind: 'fixed', status: statusCode, contentType: type, body: messageBody };
}

/** Every method is redirected; browsers make a GET of a POST. */
function compileListenerRedirect({ redirectListenerId }: L7Policy, tree: ResolvedTree): RedirectAction {
  const port = tree.listeners.find(({ id }) => id === redirectListenerId)?.port ?? 443;
  const target = { protocol: 'HTTPS', host: '${host}', port: `${port}`, path: '${path}', query: '${query}' };
  return { kind: 'redirect', status: 301, ...target };
}

function compileForward(policy: L7Policy, listener: Listener, tree: ResolvedTree): ForwardAction {
  const { redirectPools, redirectPoolId, poolStickiness, poolsExtension: extension } = policy;
  const single: readonly PoolShare[] = redirectPoolId === null ? [] : [{ poolId: redirectPoolId, weight: 1 }];
  const pools = redirectPools.length > 0 ? redirectPools : single;
  const isSticky = poolStickiness?.isEnabled === true && pools.length > 1;
  return {
    kind: 'forward',
    pools: pools.filter(({ poolId }) => canServe(poolId, listener, tree)),
    stickyMs: isSticky ? poolStickiness.timeoutMinutes * 60_000 : null,
    rewrite: extension?.isRewriteEnabled === true ? extension.rewrite : null,
    cors: compileCors(extension),
    mirror: compileMirror(extension, listener, tree),
  };
}

/** A request for a pool that is gone is answered by 503: where else it may go nobody said. */
function canServe(poolId: string, { protocol }: Listener, tree: ResolvedTree): boolean {
  const pool = tree.pools.get(poolId);
  return pool !== undefined && (pool.protocol === 'HTTP' || protocol === 'HTTPS');
}

function compileCors(extension: PoolsExtension | null): ForwardAction['cors'] {
  const cors = extension?.cors ?? null;
  if (cors === null) return null;
  return {
    origins: cors.allowOrigin,
    methods: cors.allowMethods,
    headers: cors.allowHeaders,
    exposedHeaders: cors.exposeHeaders,
    isCredentialed: cors.allowCredentials,
    maxAgeSeconds: cors.maxAgeSeconds,
  };
}

function compileMirror(
  extension: PoolsExtension | null,
  listener: Listener,
  tree: ResolvedTree,
): ForwardAction['mirror'] {
  const mirror = extension?.mirror ?? null;
  if (mirror === null) return null;
  const poolIds = mirror.poolIds.filter((poolId) => canServe(poolId, listener, tree));
  return poolIds.length === 0 ? null : { poolIds, isBodySent: mirror.isBodySent };
}

export function compileLimit({ fixedResponse, poolsExtension }: L7Policy): PolicyEntry['limit'] {
  const limit = (fixedResponse ?? poolsExtension)?.trafficLimit ?? null;
  if (limit === null || (limit.qps === 0 && limit.perSourceQps === 0)) return null;
  return { perSecond: limit.qps, perSourcePerSecond: limit.perSourceQps, burst: limit.burst };
}

export function compileEdits({ fixedResponse, redirectUrl, poolsExtension }: L7Policy) {
  const edits = fixedResponse ?? redirectUrl ?? poolsExtension;
  return {
    removedFields: edits?.removeHeaders ?? [],
    writtenFields: (edits?.insertHeaders ?? []).map(compileWrite),
  };
}

function compileWrite({ key, valueType, value }: InsertedHeader): FieldWrite {
  switch (valueType) {
    case 'USER_DEFINED':
      return { name: key, value: { from: 'text', text: value } };
    case 'REFERENCE_HEADER':
      return { name: key, value: { from: 'field', name: value } };
    case 'SYSTEM_DEFINED':
      return { name: key, value: { from: 'fact', fact: facts[value as SystemValue] } };
  }
}

const facts: Readonly<Record<SystemValue, ConnectionFact>> = {
  'CLIENT-PORT': 'clientPort',
  'CLIENT-IP': 'clientAddress',
  'ELB-PROTOCOL': 'protocol',
  'ELB-ID': 'loadBalancerId',
  'ELB-PORT': 'listenerPort',
  'ELB-EIP': 'publicAddress',
  'ELB-VIP': 'listenerAddress',
  'TLS-PROTOCOL': 'version',
  'TLS-CIPHER': 'cipher',
  'CLIENTCERT-SUBJECTDN': 'clientSubject',
  'CLIENTCERT-ISSUERDN': 'clientIssuer',
  'CLIENTCERT-FINGERPRINT': 'clientFingerprint',
  'CLIENTCERT-CLIENTVERIFY': 'clientVerdict',
  'CLIENTCERT-SERIALNUMBER': 'clientSerial',
  CLIENTCERT: 'clientCertificate',
  'CLIENTCERT-CIPHERS': 'clientCiphers',
  'CLIENTCERT-END': 'clientEnd',
  'TLS-ALPN-PROTOCOL': 'alpn',
  'TLS-SNI': 'serverName',
  'TLS-JA3': 'ja3',
  'TLS-JA4': 'ja4',
};
