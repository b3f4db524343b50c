import type { ExplainRequestBody } from '@elbow/api';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { freshMs } from '../api/query-client.ts';
import { wholeList } from '../api/whole-list.ts';
import type { Versioned } from '../fields/edit-changes.ts';
import type { WholePolicy } from './whole-policy.ts';

/** Policies of one listener with their rules as a whole. */
export function ruledPolicies(listenerId: string) {
  return queryOptions({
    queryKey: ['l7policies', { listener_id: listenerId, display_all_rules: true }],
    queryFn: ({ signal }) => fetchRuledPolicies(listenerId, signal),
    refetchInterval: ({ state }) => ((state.data?.length ?? 0) > manyPolicies ? longMs : freshMs),
  });
}

/** With so many, one look is a megabyte. */
const manyPolicies = 200;
const longMs = 60_000;

export function fetchRuledPolicies(listenerId: string, signal: AbortSignal): Promise<readonly WholePolicy[]> {
  const filter = { listener_id: listenerId, display_all_rules: true };
  return wholeList(
    (query) => client.listL7Policies({ query: { ...query, ...filter }, signal }),
    // Asked for as a whole, rules are never ids alone.
    (body) => body.l7policies as readonly WholePolicy[],
  );
}

/** A policy with its rules as a whole, and its version. */
export async function readWholePolicy(id: string): Promise<Versioned<WholePolicy>> {
  const { etag } = await client.showL7Policy({ params: { l7policy_id: id } });
  const { body } = await client.listL7Policies({ query: { id, display_all_rules: true } });
  const [object] = body.l7policies as readonly WholePolicy[];
  if (object === undefined) throw new Error(`policy ${id} is gone`);
  return { object, etag };
}

/** What would become of a request; asked again with everything else when something is changed. */
export function explanationOf(request: ExplainRequestBody | null) {
  return queryOptions({
    queryKey: ['explain', request],
    queryFn: async ({ signal }) => {
      if (request === null) return null;
      return (await client.explainRequest({ body: { request }, signal })).body.explanation;
    },
    enabled: request !== null,
    retry: false,
  });
}

/** Limits of what fits on a listener and into a policy; -1 is none. */
export const policyQuotas = queryOptions({
  queryKey: ['quotas', 'policies'],
  queryFn: async ({ signal }) => {
    const { quota } = (await client.showQuota({ signal })).body;
    return {
      conditions: quota.condition_per_policy,
      pools: quota.pools_per_l7policy,
      policies: quota.l7policies_per_listener,
    };
  },
  staleTime: 60_000,
});

/** Where this browser seems to come from. */
export const ownAddress = queryOptions({
  queryKey: ['me', 'address'],
  queryFn: async ({ signal }) => (await client.showMe({ signal })).body.me.address,
  staleTime: 60_000,
});
