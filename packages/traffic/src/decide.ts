import type { FixedAnswerAction, ForwardAction, ListenerChunk } from '@elbow/plan';
import { isPreflight, preflightFields } from './action/cors.ts';
import { redirectLocation } from './action/redirect.ts';
import { type RewrittenRequest, rewriteRequest } from './action/rewrite.ts';
import type { TemplateValues } from './action/template.ts';
import type { Policy } from './route/policy.ts';
import type { PolicyIndex } from './route/policy-index.ts';
import { RequestFacts, type RequestToDecide } from './route/request-facts.ts';

/** Where requests of a listener may go. */
export interface RouteTable extends Pick<ListenerChunk, 'defaultPoolId'> {
  /** Null for a listener without policies. */
  readonly policies: Pick<PolicyIndex, 'find'> | null;
}

/** A request with what its connection says about it. */
export interface DecidableRequest extends RequestToDecide {
  readonly scheme: 'http' | 'https';
  readonly listenerPort: number;
}

/** What is to be done with a request, before any byte goes to a member. A policy's limit comes before all of it. */
export type Decision = { readonly policy: Policy | null } & (
  | ForwardDecision
  | { readonly kind: 'redirect'; readonly status: number; readonly location: string }
  | { readonly kind: 'fixed'; readonly answer: FixedAnswerAction }
  /** @see preflightFields */
  | { readonly kind: 'preflight'; readonly fields: string }
  | { readonly kind: 'answer'; readonly status: number; readonly reason: string }
);

export interface ForwardDecision {
  readonly kind: 'forward';
  /** The pools to choose from; one with weight 0 gets nothing. */
  readonly pools: ForwardAction['pools'];
  /** Null: what the client asked for. */
  readonly rewritten: RewrittenRequest | null;
}

/**
 * Where a request goes. The data plane, `explain` and the tests call this one function.
 * A listener without a pool answers 503: nobody said who should serve it.
 */
export function decide(table: RouteTable, request: DecidableRequest): Decision {
  if (table.policies === null) return defaultDecision(table);
  const facts = new RequestFacts(request);
  if (!facts.hasSafePath)
    return { kind: 'answer', policy: null, status: 400, reason: 'The path leaves its root or holds a NUL.' };
  const policy = table.policies.find(facts);
  return policy === null ? defaultDecision(table) : carryOut(policy, facts, request);
}

function defaultDecision({ defaultPoolId }: RouteTable): Decision {
  if (defaultPoolId !== null)
    return { kind: 'forward', policy: null, pools: [{ poolId: defaultPoolId, weight: 1 }], rewritten: null };
  return {
    kind: 'answer',
    policy: null,
    status: 503,
    reason: 'No policy fits and the listener has no pool.',
  };
}

function carryOut(policy: Policy, facts: RequestFacts, request: DecidableRequest): Decision {
  const { action } = policy.entry;
  switch (action.kind) {
    case 'fixed':
      return { kind: 'fixed', policy, answer: action };
    case 'redirect': {
      const location = redirectLocation(action, templateValues(policy, facts, request));
      return { kind: 'redirect', policy, status: action.status, location };
    }
    case 'forward':
      return forward(policy, action, { facts, request });
  }
}

function forward(
  policy: Policy,
  action: ForwardAction,
  { facts, request }: { readonly facts: RequestFacts; readonly request: DecidableRequest },
): Decision {
  if (action.cors !== null && isPreflight(request))
    return { kind: 'preflight', policy, fields: preflightFields(action.cors, request) };
  const { rewrite } = action;
  const rewritten =
    rewrite === null
      ? null
      : rewriteRequest(rewrite, templateValues(policy, facts, request), request.authority);
  return { kind: 'forward', policy, pools: action.pools, rewritten };
}

function templateValues(policy: Policy, facts: RequestFacts, request: DecidableRequest): TemplateValues {
  const mark = request.target.indexOf('?');
  const path = mark < 0 ? request.target : request.target.slice(0, mark);
  return {
    protocol: request.scheme,
    host: facts.host,
    port: `${request.listenerPort}`,
    path: path === '*' ? '/' : path,
    query: facts.query,
    groups: pathGroups(policy, facts.path),
  };
}

/** Groups of the first expression that the path fits. */
function pathGroups({ conditions }: Policy, path: string): readonly string[] {
  const regexes = conditions.find(({ condition }) => condition.kind === 'path')?.regexes ?? [];
  for (const regex of regexes) {
    const groups = regex.groups(path);
    if (groups !== null) return groups;
  }
  return [];
}
