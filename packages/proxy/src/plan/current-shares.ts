import type { PoolChunk } from '@elbow/plan';
import { type Candidate, SLOW_START_STEP_MS, shares, slowShares, slowStartPercent } from '@elbow/traffic';
import type { MemberSlot } from '../shared/member-slot.ts';

/** What the members of a pool get at one moment, and until when that stands by itself. */
export interface CurrentShares {
  readonly weights: readonly number[];
  readonly isHealthy: readonly boolean[];
  /** In ms since 1970; Infinity when nothing but a change of health or plan makes it another. */
  readonly changesAtMs: number;
}

interface SharedState {
  readonly memberSlot: (index: number) => MemberSlot;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
}

/** Reads health, ejections and slow starts from shared memory, as far as the pool uses them. */
export function currentShares(pool: PoolChunk, shared: SharedState): CurrentShares {
  const { healthCheck, slowStart, passiveEjection, members } = pool;
  if (healthCheck === null && slowStart === null && passiveEjection === null) {
    const weights = members.map(({ weight }) => weight);
    return { weights, isHealthy: members.map(() => true), changesAtMs: Infinity };
  }
  const nowMs = shared.nowMs();
  const slots = members.map((_, index) => shared.memberSlot(index));
  const ejections = slots.map((slot) => (passiveEjection === null ? 0 : slot.ejectedUntilMs));
  const candidates: readonly Candidate[] = members.map(({ weight }, index) => ({
    weight,
    isHealthy: healthCheck === null || mayServe(slots[index]!),
    isEjected: ejections[index]! > nowMs,
  }));
  const slow = slowly(pool, { weights: shares(candidates, pool.isFailOpen), slots, nowMs });
  const nextReturn = Math.min(Infinity, ...ejections.filter((untilMs) => untilMs > nowMs));
  return {
    weights: slow.weights,
    isHealthy: candidates.map(({ isHealthy }) => isHealthy),
    changesAtMs: Math.min(slow.changesAtMs, nextReturn),
  };
}

interface Moment {
  readonly weights: readonly number[];
  readonly slots: readonly MemberSlot[];
  readonly nowMs: number;
}

/** Steps come with the seconds of the clock, so that all workers take them together. */
function slowly(pool: PoolChunk, moment: Moment): Pick<CurrentShares, 'weights' | 'changesAtMs'> {
  const { slowStart, members } = pool;
  const { weights, slots } = moment;
  if (slowStart === null) return { weights, changesAtMs: Infinity };
  const stepMs = Math.floor(moment.nowMs / SLOW_START_STEP_MS) * SLOW_START_STEP_MS;
  const percents = members.map(({ slowStartAtMs }, index) => {
    const startMs = slots[index]!.slowStartMs(slowStartAtMs);
    return startMs === null ? 100 : slowStartPercent(startMs, slowStart.durationMs, stepMs);
  });
  const slow = slowShares(weights, percents);
  return { weights: slow, changesAtMs: slow === weights ? Infinity : stepMs + SLOW_START_STEP_MS };
}

function mayServe({ state }: MemberSlot): boolean {
  return state === 'online' || state === 'unknown';
}
