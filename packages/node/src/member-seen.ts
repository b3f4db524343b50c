import { type MemberEntry, type MemberSeen, upstreamCounters, upstreamRowLength } from '@elbow/plan';
import type { Counted } from './collect-metrics.ts';
import type { CounterAllocator } from './counter-allocator.ts';
import type { MemberSlots } from './member-slots.ts';
import type { MemberAddresses } from './names/member-addresses.ts';

export interface SeenBy {
  readonly addresses: Pick<MemberAddresses, 'place'>;
  readonly counters: CounterAllocator;
  readonly slots: MemberSlots;
}

/**
 * What requests and look-ups found out about a member.
 * @param member as it stands in the plan
 * @param served the pool as workers have it; null when they do not
 */
export function memberSeen(
  member: MemberEntry,
  served: Counted | null,
  { addresses, counters, slots }: SeenBy,
): MemberSeen {
  const place = addresses.place(member);
  const view = served === null ? null : slots.view(served, member.id);
  const row = served === null ? undefined : counterRowOf(served, member.id);
  const counts = row === undefined ? [] : counters.sum(row, upstreamRowLength);
  return {
    memberId: member.id,
    addresses: place.addresses,
    addressInUse: place.inUse,
    resolutionProblem: place.problem,
    connectErrors: counts[upstreamCounters.indexOf('connectErrors')] ?? 0,
    connectTimeouts: counts[upstreamCounters.indexOf('connectTimeouts')] ?? 0,
    failuresInARow: view?.failures ?? 0,
    // A worker that dies takes its requests along before they are given back.
    inFlight: Math.max(0, view?.inFlight ?? 0),
    ejectedUntilMs: view?.ejectedUntilMs ?? null,
  };
}

function counterRowOf({ chunk, shared }: Counted, memberId: string): number | undefined {
  if (chunk.kind !== 'pool') return undefined;
  const at = chunk.members.findIndex(({ id }) => id === memberId);
  return at < 0 ? undefined : shared.counterRows[2 + at];
}
