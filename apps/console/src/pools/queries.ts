import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { freshMs } from '../api/query-client.ts';
import { wholeList } from '../api/whole-list.ts';

export function poolDetail(id: string) {
  return queryOptions({
    queryKey: ['pools', id],
    queryFn: async ({ signal }) => (await client.showPool({ params: { pool_id: id }, signal })).body.pool,
  });
}

/** Members of every group, for counts. */
export const allMembers = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) =>
    wholeList(
      (query) => client.listAllMembers({ query, signal }),
      (body) => body.members,
    ),
  refetchInterval: freshMs,
});

/** While first checks are on their way, their end is worth waiting for. */
const soonMs = 1_500;

export function membersOf(poolId: string) {
  return queryOptions({
    queryKey: ['pools', poolId, 'members'],
    queryFn: ({ signal }) =>
      wholeList(
        (query) => client.listMembers({ params: { pool_id: poolId }, query, signal }),
        (body) => body.members,
      ),
    refetchInterval: ({ state }) =>
      state.data?.some(({ operating_status: status }) => status === 'INITIAL') ? soonMs : freshMs,
  });
}

export const monitorList = queryOptions({
  queryKey: ['healthmonitors'],
  queryFn: ({ signal }) =>
    wholeList(
      (query) => client.listHealthMonitors({ query, signal }),
      (body) => body.healthmonitors,
    ),
});

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
