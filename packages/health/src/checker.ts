import type { HealthReason, MemberHealth } from '@elbow/plan';
import type { CheckOutcome } from './check-outcome.ts';
import { CheckSchedule, type Scheduled } from './check-schedule.ts';
import type { CheckedMember } from './checker-messages.ts';
import { afterResult, type HealthState, initialState } from './health-state.ts';
import { Probe } from './probe.ts';

export interface CheckerPorts {
  /** Checks that may be under way at a time: each holds a socket. Those above it wait. */
  readonly mostRunning: number;
  /** ms since 1970. */
  readonly nowMs: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly report: (health: MemberHealth) => void;
  readonly ownTrouble: (error: string) => void;
}

/** A member under check. */
class Watched implements Scheduled {
  dueTick = 0;
  member: CheckedMember;
  state: HealthState;
  sinceMs: number;
  reason: HealthReason | null;
  /** When the running check began, or the last one did. */
  startedAtMs = 0;
  probe: Probe | null = null;
  /** False until a check of this life has ended. */
  isReported = false;

  constructor(member: CheckedMember, nowMs: number) {
    const { known } = member;
    this.member = member;
    this.state = known === null ? initialState : { status: known.status, against: 0 };
    this.sinceMs = known?.sinceMs ?? nowMs;
    this.reason = known?.reason ?? null;
  }
}

/**
 * Checks members, each at its own pace: the first time at a random moment within its interval, so that checks are
 * spread evenly, then once in every interval. A check that outlasts its interval is followed by the next at once.
 */
export class Checker {
  private readonly ports: CheckerPorts;
  private readonly schedule: CheckSchedule<Watched>;
  private readonly watched = new Map<string, Watched>();
  private running = 0;

  constructor(ports: CheckerPorts) {
    this.ports = ports;
    this.schedule = new CheckSchedule(ports.nowMs());
  }

  get count(): number {
    return this.watched.size;
  }

  /** Begins to check a member, or goes on with what is known of it under new settings. */
  put(member: CheckedMember): void {
    const known = this.watched.get(member.memberId);
    if (known !== undefined) return this.change(known, member);
    const nowMs = this.ports.nowMs();
    const watched = new Watched(member, nowMs);
    this.watched.set(member.memberId, watched);
    this.schedule.add(watched, nowMs + this.ports.random() * member.check.intervalMs);
  }

  remove(memberId: string): void {
    const watched = this.watched.get(memberId);
    if (watched === undefined) return;
    this.watched.delete(memberId);
    this.schedule.remove(watched);
    if (watched.probe === null) return;
    watched.probe.cancel();
    this.running -= 1;
  }

  /** Starts what is due. To be called every tick. */
  tick(): void {
    const free = this.ports.mostRunning - this.running;
    for (const watched of this.schedule.take(this.ports.nowMs(), free)) this.start(watched);
  }

  stop(): void {
    for (const id of this.watched.keys()) this.remove(id);
  }

  private change(watched: Watched, member: CheckedMember): void {
    watched.member = member;
    if (watched.probe !== null) return;
    this.schedule.remove(watched);
    this.schedule.add(watched, this.ports.nowMs() + this.ports.random() * member.check.intervalMs);
  }

  private start(watched: Watched): void {
    const { member } = watched;
    this.running += 1;
    watched.startedAtMs = this.ports.nowMs();
    watched.probe = new Probe(member, { onOutcome: (outcome) => this.ended(watched, outcome) });
  }

  private ended(watched: Watched, outcome: CheckOutcome): void {
    watched.probe = null;
    this.running -= 1;
    this.schedule.add(watched, watched.startedAtMs + watched.member.check.intervalMs);
    if (outcome.kind === 'own-trouble') this.ports.ownTrouble(outcome.error);
    else this.judge(watched, outcome.kind === 'failed' ? outcome.reason : null);
  }

  private judge(watched: Watched, failure: HealthReason | null): void {
    const before = watched.state;
    watched.state = afterResult(before, failure === null, watched.member.check);
    const { status } = watched.state;
    const hasChanged = status !== before.status;
    if (hasChanged) watched.sinceMs = this.ports.nowMs();
    const reason = status === 'OFFLINE' ? (failure ?? watched.reason) : null;
    const isNews = hasChanged || !watched.isReported || reason?.message !== watched.reason?.message;
    watched.reason = reason;
    if (!isNews) return;
    watched.isReported = true;
    const { memberId } = watched.member;
    this.ports.report({ memberId, status, sinceMs: watched.sinceMs, reason });
  }
}
