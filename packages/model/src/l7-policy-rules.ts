import { checkHeaderEdits } from './header-edit-rules.ts';
import type { CorsConfig, L7Policy, PoolsExtension, RedirectUrl, TrafficLimit } from './l7-policy.ts';
import type { Listener } from './listener.ts';
import { conflict, firstProblem, invalidField, type Problem, problem } from './problem.ts';

type Place = Pick<Listener, 'id' | 'protocol' | 'port' | 'isAdvancedForwardingEnabled'>;

/** Everything about a policy that can be said without looking at other policies and pools. */
export function checkL7Policy(policy: L7Policy, listener: Place): Problem | null {
  return (
    checkMode(policy, listener) ??
    checkTarget(policy, listener) ??
    checkStrangers(policy) ??
    checkExtension(policy, listener) ??
    checkRedirectUrl(policy.redirectUrl, listener) ??
    checkFixedResponse(policy, listener)
  );
}

function checkMode(policy: L7Policy, { isAdvancedForwardingEnabled }: Place): Problem | null {
  if (isAdvancedForwardingEnabled) return null;
  const isAdvancedAction = policy.action === 'REDIRECT_TO_URL' || policy.action === 'FIXED_RESPONSE';
  if (isAdvancedAction) return needsAdvanced('action');
  const given = {
    redirect_pools_config: policy.redirectPools.length > 0,
    redirect_pools_extend_config: policy.poolsExtension !== null,
    redirect_url_config: policy.redirectUrl !== null,
    fixed_response_config: policy.fixedResponse !== null,
  };
  const field = Object.entries(given).find(([, isGiven]) => isGiven)?.[0];
  return field === undefined ? null : needsAdvanced(field);
}

function needsAdvanced(field: string): Problem {
  return invalidField(
    `l7policy.${field}`,
    'needs advanced forwarding (enhance_l7policy_enable of the listener)',
  );
}

/** What each action cannot be without. */
function checkTarget(policy: L7Policy, { protocol }: Place): Problem | null {
  switch (policy.action) {
    case 'REDIRECT_TO_POOL':
      if (policy.redirectPoolId !== null || policy.redirectPools.length > 0) return null;
      return invalidField(
        'l7policy.redirect_pool_id',
        'or redirect_pools_config is required for REDIRECT_TO_POOL',
      );
    case 'REDIRECT_TO_LISTENER':
      if (protocol !== 'HTTP')
        return invalidField('l7policy.action', 'REDIRECT_TO_LISTENER is for HTTP listeners only');
      return required('redirect_listener_id', policy.redirectListenerId, policy.action);
    case 'REDIRECT_TO_URL':
      return required('redirect_url_config', policy.redirectUrl, policy.action);
    case 'FIXED_RESPONSE':
      return required('fixed_response_config', policy.fixedResponse, policy.action);
  }
}

function required(field: string, value: unknown, action: string): Problem | null {
  return value === null ? invalidField(`l7policy.${field}`, `is required for ${action}`) : null;
}

/** What has no meaning for an action is refused rather than kept for nothing. */
function checkStrangers(policy: L7Policy): Problem | null {
  const owners: Readonly<Record<string, readonly [isGiven: boolean, action: L7Policy['action']]>> = {
    redirect_pool_id: [policy.redirectPoolId !== null, 'REDIRECT_TO_POOL'],
    redirect_pools_config: [policy.redirectPools.length > 0, 'REDIRECT_TO_POOL'],
    redirect_pools_extend_config: [policy.poolsExtension !== null, 'REDIRECT_TO_POOL'],
    redirect_listener_id: [policy.redirectListenerId !== null, 'REDIRECT_TO_LISTENER'],
    redirect_url_config: [policy.redirectUrl !== null, 'REDIRECT_TO_URL'],
    fixed_response_config: [policy.fixedResponse !== null, 'FIXED_RESPONSE'],
  };
  for (const [field, [isGiven, action]] of Object.entries(owners)) {
    if (isGiven && policy.action !== action)
      return invalidField(`l7policy.${field}`, `is only for ${action}, not for ${policy.action}`);
  }
  return null;
}

function checkExtension(policy: L7Policy, { protocol }: Place): Problem | null {
  const { poolsExtension: extension, redirectPools } = policy;
  if (new Set(redirectPools.map(({ poolId }) => poolId)).size < redirectPools.length)
    return invalidField('l7policy.redirect_pools_config', 'must not name a pool twice');
  if (extension === null) return null;
  const path = 'l7policy.redirect_pools_extend_config';
  if (extension.isRewriteEnabled && extension.rewrite === null)
    return invalidField(`${path}.rewrite_url_config`, 'is required while rewrite_url_enable is true');
  return firstProblem(
    checkHeaderEdits(extension, { path, direction: 'request', protocol }),
    checkTrafficLimit(`${path}.traffic_limit_config`, extension.trafficLimit),
    checkCors(`${path}.cors_config`, extension.cors),
    checkMirror(`${path}.traffic_mirror_config.target_ids`, policy, extension.mirror),
  );
}

/** A pool that gets the requests themselves has no use for copies of them. */
function checkMirror(
  field: string,
  { redirectPoolId, redirectPools }: L7Policy,
  mirror: PoolsExtension['mirror'],
): Problem | null {
  if (mirror === null) return null;
  const { poolIds } = mirror;
  if (new Set(poolIds).size < poolIds.length) return invalidField(field, 'must not name a pool twice');
  const both = poolIds.find(
    (id) => id === redirectPoolId || redirectPools.some(({ poolId }) => poolId === id),
  );
  return both === undefined
    ? null
    : invalidField(field, `must not name pool ${both}, which gets the requests themselves`);
}

function checkFixedResponse({ fixedResponse }: L7Policy, { protocol }: Place): Problem | null {
  if (fixedResponse === null) return null;
  const path = 'l7policy.fixed_response_config';
  return (
    checkHeaderEdits(fixedResponse, { path, direction: 'response', protocol }) ??
    checkTrafficLimit(`${path}.traffic_limit_config`, fixedResponse.trafficLimit)
  );
}

function checkTrafficLimit(path: string, limit: TrafficLimit | null): Problem | null {
  if (limit === null || limit.qps === 0 || limit.perSourceQps < limit.qps) return null;
  return invalidField(`${path}.per_source_ip_qps`, `must be below qps (${limit.qps})`);
}

const originText = /^https?:\/\/(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/i;

function checkCors(path: string, cors: CorsConfig | null): Problem | null {
  if (cors === null) return null;
  const { allowOrigin } = cors;
  const field = `${path}.allow_origin`;
  if (allowOrigin.includes('*'))
    return allowOrigin.length === 1 ? null : invalidField(field, '* must stand alone');
  if (new Set(allowOrigin).size < allowOrigin.length)
    return invalidField(field, 'must not hold an origin twice');
  const bad = allowOrigin.find((origin) => !originText.test(origin) || /\/\/[\d.:]+$/.test(origin));
  if (bad === undefined) return null;
  return invalidField(
    field,
    'must be * or origins like https://www.example.com:8443, the first label may be *',
  );
}

/** A redirect that leads back to where it came from would never end. */
function checkRedirectUrl(url: RedirectUrl | null, { protocol, port }: Place): Problem | null {
  if (url === null) return null;
  const path = 'l7policy.redirect_url_config';
  const isSamePlace = url.host === '${host}' && url.path === '${path}';
  const isSameProtocol = url.protocol === '${protocol}' || url.protocol === protocol;
  const isSamePort = url.port === '${port}' || Number(url.port) === port;
  if (isSamePlace && isSameProtocol && isSamePort)
    return invalidField(path, 'leads back to the listener itself: change protocol, host, port or path');
  return checkHeaderEdits(url, { path, direction: 'response', protocol });
}

export function checkRedirectListener(
  target: Pick<Listener, 'id' | 'protocol' | 'loadBalancerId'>,
  loadBalancerId: string,
): Problem | null {
  const field = 'l7policy.redirect_listener_id';
  if (target.protocol !== 'HTTPS')
    return invalidField(field, `listener ${target.id} is not an HTTPS listener`);
  if (target.loadBalancerId === loadBalancerId) return null;
  return invalidField(field, `listener ${target.id} belongs to another load balancer`);
}

/** @param others the other policies of the listener */
export function checkAmongPolicies(
  policy: L7Policy,
  others: readonly L7Policy[],
  isAdvanced: boolean,
): Problem | null {
  if (policy.action === 'REDIRECT_TO_LISTENER') {
    const other = others.find(({ action }) => action === 'REDIRECT_TO_LISTENER');
    if (other !== undefined) return conflict(`l7policy ${other.id} redirects this listener already`);
  }
  if (!isAdvanced) return null;
  const other = others.find(({ priority }) => priority === policy.priority);
  return other === undefined
    ? null
    : conflict(`priority ${policy.priority} is taken by l7policy ${other.id}`);
}

export const highestPriority = 10_000;

/** The priority of a policy that was made without one; null when there is none left. */
export function nextPriority(
  policy: Pick<L7Policy, 'action'>,
  others: readonly L7Policy[],
  isAdvanced: boolean,
) {
  if (policy.action === 'REDIRECT_TO_LISTENER') return 0;
  if (!isAdvanced) return 1;
  const next = Math.max(0, ...others.map(({ priority }) => priority)) + 1;
  return next > highestPriority ? null : next;
}

export function noPriorityLeft(): Problem {
  return invalidField(
    'l7policy.priority',
    `is used up to ${highestPriority}: set priorities anew, or give one`,
  );
}

/** `0` is for the policy that redirects to a listener. */
export function checkPriority({ action, priority }: Pick<L7Policy, 'action' | 'priority'>): Problem | null {
  const lowest = action === 'REDIRECT_TO_LISTENER' ? 0 : 1;
  if (priority >= lowest && priority <= highestPriority) return null;
  return invalidField('l7policy.priority', `must be an integer from ${lowest} to ${highestPriority}`);
}

/** A policy that can never be reached because another has the same rules traps whoever made it. */
export function duplicatePolicy(otherId: string): Problem {
  return conflict(`l7policy ${otherId} of this listener has the same rules`);
}

export function checkPoolsPerPolicy(count: number, limit: number): Problem | null {
  if (limit < 0 || count <= limit) return null;
  return problem('quotaExceeded', `quota exceeded for pools_per_l7policy: ${limit} allowed`);
}

/** Every pool that a policy sends requests or copies of them to. */
export function poolIdsOf(policy: PoolNames): readonly string[] {
  let known = namedPools.get(policy);
  if (known === undefined) {
    known = readPoolIds(policy);
    namedPools.set(policy, known);
  }
  return known;
}

type PoolNames = Pick<L7Policy, 'redirectPoolId' | 'redirectPools' | 'poolsExtension'>;

/** Policies never change, and all of a listener's are asked with every change of one. */
const namedPools = new WeakMap<PoolNames, readonly string[]>();

function readPoolIds(policy: PoolNames): readonly string[] {
  const single = policy.redirectPoolId === null ? [] : [policy.redirectPoolId];
  const shared = policy.redirectPools.map(({ poolId }) => poolId);
  return [...new Set([...single, ...shared, ...(policy.poolsExtension?.mirror?.poolIds ?? [])])];
}

export function checkPoolHasNoPolicy(
  poolId: string,
  policies: readonly Pick<L7Policy, 'id'>[],
): Problem | null {
  const [first] = policies;
  return first === undefined ? null : conflict(`pool ${poolId} is used by l7policy ${first.id}`);
}

export function checkListenerHasNoPolicy(
  listenerId: string,
  policies: readonly Pick<L7Policy, 'id'>[],
): Problem | null {
  const [first] = policies;
  if (first === undefined) return null;
  return conflict(
    `l7policy ${first.id} is using this listener ${listenerId}: delete it first, or use /force`,
  );
}

export function checkIsNoRedirectTarget(
  listenerId: string,
  policies: readonly Pick<L7Policy, 'id'>[],
): Problem | null {
  const [first] = policies;
  return first === undefined
    ? null
    : conflict(`l7policy ${first.id} redirects to this listener ${listenerId}`);
}
