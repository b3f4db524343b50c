import type { AnswerBodies, HealthMonitorWire, MemberWire, PoolWire, Query } from '@elbow/api';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { freshMs } from '../api/query-client.ts';
import { aboutIds, wholeList } from '../api/whole-list.ts';
import type { Versioned } from '../fields/edit-changes.ts';
import type { PagedListOptions } from '../shell/use-paged-list.ts';
import type { Counts } from './member-state.ts';

export function poolDetail(id: string) {
  return queryOptions({
    queryKey: ['pools', id],
    queryFn: async ({ signal }) => (await client.showPool({ params: { pool_id: id }, signal })).body.pool,
  });
}

/** For lists that are looked through page by page. */
export const poolPages: PagedListOptions<AnswerBodies['ListPools'], PoolWire> = {
  key: 'pools',
  load: (query, signal) => client.listPools({ query, signal }),
  pick: (body) => body.pools,
};

/** A group and its version, for what is changed in a form. */
export async function readPool(id: string): Promise<Versioned<PoolWire>> {
  const { body, etag } = await client.showPool({ params: { pool_id: id } });
  return { object: body.pool, etag };
}

export async function readMonitor(id: string): Promise<Versioned<HealthMonitorWire>> {
  const { body, etag } = await client.showHealthMonitor({ params: { healthmonitor_id: id } });
  return { object: body.healthmonitor, etag };
}

export async function readMember(poolId: string, id: string): Promise<Versioned<MemberWire>> {
  const { body, etag } = await client.showMember({ params: { pool_id: poolId, member_id: id } });
  return { object: body.member, etag };
}

/** Members of the groups on a page, for counts. */
export function membersOfPools(ids: readonly string[]) {
  return queryOptions({
    queryKey: ['members', { pool_id: ids }],
    queryFn: ({ signal }) =>
      aboutIds(ids, (some) =>
        wholeList(
          (query) => client.listAllMembers({ query: { ...query, pool_id: some }, signal }),
          (body) => body.members,
        ),
      ),
    enabled: ids.length > 0,
    refetchInterval: freshMs,
  });
}

/** Policies that send requests to a group. */
export function policiesOfPool(poolId: string) {
  return queryOptions({
    queryKey: ['l7policies', { pool_id: poolId }],
    queryFn: ({ signal }) =>
      wholeList(
        (query) => client.listL7Policies({ query: { ...query, pool_id: poolId }, signal }),
        (body) => body.l7policies,
      ),
  });
}

/** Listeners that send requests to a group by default. */
export function listenersOfPool(poolId: string) {
  return queryOptions({
    queryKey: ['listeners', { default_pool_id: poolId }],
    queryFn: ({ signal }) =>
      wholeList(
        (query) => client.listListeners({ query: { ...query, default_pool_id: poolId }, signal }),
        (body) => body.listeners,
      ),
  });
}

/** While first checks are on their way, their end is worth waiting for. */
const soonMs = 1_500;

export function memberPages(poolId: string): PagedListOptions<AnswerBodies['ListMembers'], MemberWire> {
  return {
    key: 'members',
    load: (query, signal) => client.listMembers({ params: { pool_id: poolId }, query, signal }),
    pick: (body) => body.members,
    // Part of the query key: pages of one group are not those of another.
    scope: { pool_id: poolId },
    pollMs: (rows) => (rows.some(({ operating_status: status }) => status === 'INITIAL') ? soonMs : freshMs),
  };
}

/** Every member of a group, for forms that look for what is named twice. */
export function membersOf(poolId: string) {
  return queryOptions({
    queryKey: ['pools', poolId, 'members'],
    queryFn: ({ signal }) =>
      wholeList(
        (query) => client.listMembers({ params: { pool_id: poolId }, query, signal }),
        (body) => body.members,
      ),
  });
}

/** How many members of a group are in which state, without any of them. */
export interface MemberCounts extends Counts {
  /** Of weight 0. */
  readonly weightless: number;
  readonly weightlessUnhealthy: number;
}

export function memberCounts(poolId: string) {
  return queryOptions({
    queryKey: ['pools', poolId, 'member-counts'],
    queryFn: async ({ signal }): Promise<MemberCounts> => {
      const count = async (filter: Query): Promise<number> => {
        const query = { ...filter, limit: 0, with_total: true };
        const { body } = await client.listMembers({ params: { pool_id: poolId }, query, signal });
        return body.page_info.total_count ?? 0;
      };
      const offline = { operating_status: 'OFFLINE' };
      const [all, healthy, unhealthy, weightless, weightlessUnhealthy] = await Promise.all([
        count({}),
        count({ operating_status: 'ONLINE' }),
        count(offline),
        count({ weight: 0 }),
        count({ ...offline, weight: 0 }),
      ]);
      return {
        all,
        healthy,
        unhealthy,
        other: all - healthy - unhealthy,
        weightless,
        weightlessUnhealthy,
      };
    },
    refetchInterval: freshMs,
  });
}

/** What the v3 API has no word for, and what nodes see of the members. */
export function poolExtras(poolId: string) {
  return queryOptions({
    queryKey: ['pools', poolId, 'extras'],
    queryFn: async ({ signal }) =>
      (await client.showPoolExtras({ params: { pool_id: poolId }, signal })).body.pool,
    refetchInterval: freshMs,
  });
}

const jobMs = 400;

/** A check that a node makes now, asked for again until it is done. */
export function checkJob(jobId: string) {
  return queryOptions({
    queryKey: ['member-check', jobId],
    queryFn: async ({ signal }) =>
      (await client.showMemberHealthCheckJob({ params: { job_id: jobId }, signal })).body.member_check,
    refetchInterval: ({ state }) =>
      state.data?.status === 'processing' || state.data === undefined ? jobMs : false,
  });
}
