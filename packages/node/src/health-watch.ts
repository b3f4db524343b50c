import type { CheckTarget, FromChecker } from '@elbow/health';
import type { CheckTranscript, HealthCheck, Log, MemberHealth } from '@elbow/plan';
import type { MemberState } from '@elbow/proxy';
import { CheckedMembers, checkTargetOf, type NameOf, type ToCheck } from './checked-members.ts';
import { CheckerLife } from './checker-life.ts';
import type { Counted } from './collect-metrics.ts';
import { HealthBoard } from './health-board.ts';

/** On top of the timeout of a check that somebody waits for. */
const ASK_MARGIN_MS = 1000;
/** Checks made for somebody who waits, at a time. */
const MOST_ASKED = 64;

/** What is asked of a member of a pool without a check. */
const plainCheck: HealthCheck = {
  type: 'TCP',
  port: null,
  domainName: null,
  virtualAddress: null,
  path: '/',
  method: 'GET',
  expectedCodes: [],
  intervalMs: 5000,
  timeoutMs: 3000,
  healthyThreshold: 1,
  unhealthyThreshold: 1,
  sourceAddresses: [],
};

export interface HealthWatchOptions {
  readonly log: Log;
  /** Checks that may be under way at a time. */
  readonly mostRunning: number;
  readonly nameOf: NameOf;
  readonly entry?: URL;
  /** Has the workers send requests, or none. */
  readonly setState: (pool: Counted, memberId: string, state: MemberState) => void;
  /** What the control process has to know. */
  readonly onNews: (news: readonly MemberHealth[]) => void;
}

/** Has the members of the plan checked, tells the workers and the control process what was found. */
export class HealthWatch {
  private readonly options: HealthWatchOptions;
  private readonly members: CheckedMembers;
  private readonly board = new HealthBoard();
  private readonly asked = new Map<number, (transcript: CheckTranscript | null) => void>();
  private checker: CheckerLife | null = null;
  private served: readonly Counted[] = [];
  private nextAsk = 1;

  constructor(options: HealthWatchOptions) {
    this.options = options;
    this.members = new CheckedMembers(options.nameOf);
  }

  /** Checks the members of what is served now; the thread starts with the first one. */
  serve(served: readonly Counted[]): void {
    this.served = served;
    const { put, remove } = this.members.update(served);
    for (const id of remove) this.board.remove(id);
    for (const { member } of put) this.board.put(member.memberId, member.check.intervalMs, Date.now());
    if (put.length > 0 && this.checker === null) this.start();
    else this.send(put, remove);
    this.tell();
  }

  /** All that is known, as far as one message may hold. */
  whole(): readonly MemberHealth[] {
    return this.board.whole(Date.now());
  }

  /** Checks a member now; null when this node does not serve it, has too much to do or comes to no end in time. */
  check(poolId: string, memberId: string): Promise<CheckTranscript | null> {
    const target = this.targetOf(poolId, memberId);
    return target === null ? Promise.resolve(null) : this.checkOnce(target);
  }

  /**
   * Checks a place now, member or not.
   * @returns null when this node has too much to do or comes to no end in time
   */
  checkOnce(target: CheckTarget): Promise<CheckTranscript | null> {
    if (this.asked.size >= MOST_ASKED) return Promise.resolve(null);
    if (this.checker === null) this.start();
    const id = this.nextAsk++;
    return new Promise((resolve) => {
      const deadline = setTimeout(() => this.answer(id, null), target.check.timeoutMs + ASK_MARGIN_MS);
      this.asked.set(id, (transcript) => {
        clearTimeout(deadline);
        resolve(transcript);
      });
      this.checker?.post({ type: 'check', id, target });
    });
  }

  async stop(): Promise<void> {
    for (const id of this.asked.keys()) this.answer(id, null);
    await this.checker?.stop();
  }

  private targetOf(poolId: string, memberId: string): CheckTarget | null {
    const pool = this.served.find(({ chunk }) => chunk.kind === 'pool' && chunk.id === poolId)?.chunk;
    if (pool?.kind !== 'pool') return null;
    const member = pool.members.find(({ id }) => id === memberId);
    const check = pool.healthCheck ?? plainCheck;
    if (member === undefined) return null;
    return { ...checkTargetOf(pool, member, check), name: this.options.nameOf(memberId) };
  }

  private start(): void {
    const { log, mostRunning, entry } = this.options;
    this.checker = new CheckerLife({
      log,
      mostRunning,
      ...(entry === undefined ? {} : { entry }),
      onMessage: (message) => this.receive(message),
      // The first one is born before it can be told anything.
      onBirth: () => setImmediate(() => this.send([...this.members.all()], [])),
      onDeath: () => this.died(),
      onRound: () => this.say(this.board.sweep(Date.now())),
    });
  }

  private send(put: readonly ToCheck[], remove: readonly string[]): void {
    if (put.length === 0 && remove.length === 0) return;
    const members = put.map(({ member }) => ({ ...member, known: this.board.known(member.memberId) }));
    this.checker?.post({ type: 'members', put: members, remove });
  }

  private receive(message: FromChecker): void {
    switch (message.type) {
      case 'health':
        for (const health of message.members) this.found(health);
        return this.tell();
      case 'transcript':
        return this.answer(message.id, message.transcript);
      case 'own-trouble':
        return this.options.log('error', 'health checks could not be made on this machine', {
          checks: message.count,
          error: message.error,
        });
    }
  }

  private found(health: MemberHealth): void {
    if (!this.board.found(health)) return;
    const pool = this.members.get(health.memberId)?.pool;
    if (pool === undefined) return;
    if (health.status === 'ONLINE') this.options.setState(pool, health.memberId, 'online');
    else if (health.status === 'OFFLINE') this.options.setState(pool, health.memberId, 'offline');
  }

  private died(): void {
    this.board.lost(Date.now());
    for (const id of this.asked.keys()) this.answer(id, null);
  }

  private tell(): void {
    this.say(this.board.news(Date.now()));
  }

  private say(news: readonly MemberHealth[]): void {
    if (news.length > 0) this.options.onNews(news);
  }

  private answer(id: number, transcript: CheckTranscript | null): void {
    this.asked.get(id)?.(transcript);
    this.asked.delete(id);
  }
}
