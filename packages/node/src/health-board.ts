import type { KnownHealth } from '@elbow/health';
import { type MemberHealth, mostReportedMembers } from '@elbow/plan';

/** So many intervals without any result, and what was known last counts for nothing. */
const STALE_INTERVALS = 3;

interface Place {
  health: MemberHealth;
  intervalMs: number;
  /** The life of the checks that said so. */
  life: number;
  /** What was told last. */
  told: MemberHealth | null;
  /** False for those that are too many for one message: nothing is told of them. */
  readonly isTold: boolean;
}

/**
 * What is known of the health of all members, over the lives of the checking thread: when one ends, its last findings
 * stay, and turn into UNKNOWN when no other has confirmed them in three intervals.
 */
export class HealthBoard {
  private readonly places = new Map<string, Place>();
  /** Where something may be new. */
  private readonly changed = new Set<Place>();
  private life = 0;
  /** Since when findings of earlier lives are unconfirmed. */
  private lostAtMs = 0;

  /** A member is checked from now on, or at another pace. */
  put(memberId: string, intervalMs: number, nowMs: number): void {
    const place = this.places.get(memberId);
    if (place !== undefined) {
      place.intervalMs = intervalMs;
      return;
    }
    const health = { memberId, status: 'INITIAL', sinceMs: nowMs, reason: null } as const;
    const isTold = this.places.size < mostReportedMembers;
    const made: Place = { health, intervalMs, life: this.life, told: null, isTold };
    this.places.set(memberId, made);
    this.changed.add(made);
  }

  remove(memberId: string): void {
    const place = this.places.get(memberId);
    if (place === undefined) return;
    this.places.delete(memberId);
    this.changed.delete(place);
  }

  /** A check has found something; false for a member that is not on the board any more. */
  found(health: MemberHealth): boolean {
    const place = this.places.get(health.memberId);
    if (place === undefined) return false;
    place.health = health;
    place.life = this.life;
    this.changed.add(place);
    return true;
  }

  /** The checks have stopped; what was found until now is no more than what was found until now. */
  lost(nowMs: number): void {
    this.life += 1;
    this.lostAtMs = nowMs;
  }

  /** For the next life of the checks. */
  known(memberId: string): KnownHealth | null {
    const health = this.places.get(memberId)?.health;
    if (health === undefined || health.status === 'INITIAL' || health.status === 'UNKNOWN') return null;
    const { status, sinceMs, reason } = health;
    return { status, sinceMs, reason };
  }

  /** All of it, as far as one message may hold. */
  whole(nowMs: number): readonly MemberHealth[] {
    return [...this.places.values()].filter(({ isTold }) => isTold).map((place) => this.seen(place, nowMs));
  }

  /** What is not as it was told before, of what was found since then. */
  news(nowMs: number): readonly MemberHealth[] {
    const news = this.tellings(this.changed, nowMs);
    this.changed.clear();
    return news;
  }

  /** The same of all members, for what changes with time alone. */
  sweep(nowMs: number): readonly MemberHealth[] {
    this.changed.clear();
    return this.tellings(this.places.values(), nowMs);
  }

  private tellings(places: Iterable<Place>, nowMs: number): readonly MemberHealth[] {
    const news: MemberHealth[] = [];
    for (const place of places) {
      if (!place.isTold) continue;
      const seen = this.seen(place, nowMs);
      if (isSame(seen, place.told)) continue;
      place.told = seen;
      news.push(seen);
    }
    return news;
  }

  private seen({ health, intervalMs, life }: Place, nowMs: number): MemberHealth {
    const staleMs = this.lostAtMs + STALE_INTERVALS * intervalMs;
    if (life === this.life || nowMs < staleMs) return health;
    return { ...health, status: 'UNKNOWN', sinceMs: staleMs };
  }
}

function isSame(a: MemberHealth, b: MemberHealth | null): boolean {
  return (
    b !== null && a.status === b.status && a.sinceMs === b.sinceMs && a.reason?.message === b.reason?.message
  );
}
