import type { WireResource } from './api-client.ts';
import { poll } from './deadline.ts';
import type { Elbow } from './elbow.ts';

/** The quickest check that the API allows: every second, one failure or success is enough. */
const quick = { type: 'HTTP', delay: 1, timeout: 1, max_retries: 1, max_retries_down: 1 };

/** Gives a pool a health monitor. */
export function watchMembers(elbow: Elbow, poolId: string, fields: object = {}): Promise<WireResource> {
  return elbow.api.create('healthmonitor', { ...quick, pool_id: poolId, ...fields });
}

/** Resolves with the member once it has this status; at most 20 s. */
export function untilMember(
  elbow: Elbow,
  { poolId, id }: { readonly poolId: string; readonly id: string },
  status: string,
): Promise<WireResource> {
  const seen = new Set<string>();
  return poll(
    async () => {
      const members = await elbow.api.members(poolId);
      const member = members.find((one) => one.id === id);
      seen.add(String(member?.['operating_status']));
      return member !== undefined && member['operating_status'] === status ? member : null;
    },
    {
      timeoutMs: 20_000,
      everyMs: 50,
      what: () => `${status} of member ${id}, which was ${[...seen].join(', ')}`,
    },
  );
}
