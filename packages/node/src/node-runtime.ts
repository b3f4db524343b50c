import type { FromNode, Log, NodeFacts, ObjectTrouble, Observation, Plan, ReceivedToNode } from '@elbow/plan';
import { collectMetrics } from './collect-metrics.ts';
import type { CounterAllocator } from './counter-allocator.ts';
import type { PlanDisk } from './plan-disk.ts';
import { HealthWatch } from './health-watch.ts';
import { MemberAddresses, type RefusedAddress } from './names/member-addresses.ts';
import { NameBook } from './names/name-book.ts';
import type { NameAnswers, NameDisk } from './names/name-disk.ts';
import type { ResolveName } from './names/name-resolver.ts';
import { memberSeen } from './member-seen.ts';
import { oneOffCheck } from './one-off-check.ts';
import { PlanHolder } from './plan-holder.ts';
import { PortLedger } from './port-ledger.ts';
import type { Death } from './rollback.ts';
import type { SlotAllocator } from './slot-allocator.ts';
import { TargetMaker } from './target-maker.ts';
import type { FleetOptions } from './worker-fleet.ts';
import { WorkerFleet } from './worker-fleet.ts';
import type { Target } from './worker-thread.ts';

/** How often what could not be done is tried again and the whole observation is repeated. */
const SLOW_TIMER_MS = 10_000;
/** Every so many of these, all that is known of members is said again. */
const SLOW_TIMERS_PER_HEALTH = 6;

/** How long a plan waits for the names that are new in it; members whose names are slower come later. */
const FIRST_ANSWERS_MS = 1500;

export interface RuntimeOptions {
  readonly facts: NodeFacts;
  readonly disk: PlanDisk;
  readonly nameDisk: NameDisk;
  /** What names of members stood for in the last run. */
  readonly knownNames: NameAnswers;
  readonly slots: SlotAllocator;
  readonly counters: CounterAllocator;
  readonly log: Log;
  readonly fleet: Omit<FleetOptions, 'slots' | 'counters' | 'log' | 'onChange' | 'onDeath'>;
  /** Health checks that may be under way at a time. */
  readonly mostChecks: number;
  /** What names of members stand for. */
  readonly resolve: ResolveName;
  readonly refusedAddress: RefusedAddress;
  /** Tells the control process something, if it can be reached. */
  readonly send: (message: FromNode) => void;
}

/**
 * The loop of a node: plan in, target out, observation back. Every step may be run again at any time; what changes
 * while one is under way is picked up by the next.
 */
export class NodeRuntime {
  private readonly options: RuntimeOptions;
  private readonly holder: PlanHolder;
  private readonly ports = new PortLedger();
  private readonly names: NameBook;
  private readonly addresses: MemberAddresses;
  private readonly targets: TargetMaker;
  private readonly health: HealthWatch;
  private fleet: WorkerFleet | null = null;
  private applying: Promise<void> | null = null;
  private isDirty = false;
  private lastSaid = '';
  private slowRounds = 0;
  private readonly startedAtMs = Date.now();
  private readonly slowTimer: NodeJS.Timeout;
  private readonly waiters = new Set<() => void>();

  constructor(options: RuntimeOptions, initial: Plan) {
    this.options = options;
    this.holder = new PlanHolder(initial);
    this.names = new NameBook({
      resolve: options.resolve,
      known: options.knownNames,
      onChange: () => void this.apply(),
    });
    this.addresses = new MemberAddresses(this.names, options.refusedAddress);
    this.targets = new TargetMaker(options, this.addresses);
    this.health = new HealthWatch({
      log: options.log,
      mostRunning: options.mostChecks,
      nameOf: (memberId) => this.addresses.nameOf(memberId),
      setState: (pool, memberId, state) => this.targets.members.setState(pool, memberId, state),
      onNews: (members) => options.send({ type: 'health', isWhole: false, members }),
    });
    this.slowTimer = setInterval(() => this.retry(), SLOW_TIMER_MS);
  }

  /** Messages that bring a control process up to date that knows nothing of this node. */
  greeting(): readonly FromNode[] {
    const { plan, hashes } = this.holder;
    const hello = { type: 'hello', node: this.options.facts, revision: plan.revision, hashes } as const;
    return [hello, { type: 'observed', observation: this.observation() }, this.wholeHealth()];
  }

  receive(message: ReceivedToNode): void {
    switch (message.type) {
      case 'plan':
      case 'plan-change':
        return this.receivePlan(message);
      case 'ask-workers':
        return void this.answerWorkers(message.id);
      case 'ask-metrics':
        return this.answerMetrics(message.id);
      case 'ask-pool':
        return this.answerPool(message);
      case 'ask-check':
        return void this.answerCheck(message);
      case 'ask-probe':
        return void this.answerProbe(message);
    }
  }

  /** Brings the workers to the newest plan; resolves when they have been told, not when they have acknowledged. */
  apply(): Promise<void> {
    this.isDirty = true;
    this.applying ??= this.applyAll().finally(() => (this.applying = null));
    return this.applying;
  }

  /** Resolves when every worker serves the newest plan, or after `deadlineMs`; false in the latter case. */
  untilCurrent(deadlineMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isCurrent: boolean): void => {
        clearTimeout(deadline);
        this.waiters.delete(look);
        resolve(isCurrent);
      };
      const look = (): void => {
        if (this.fleet?.isCurrent() === true) settle(true);
      };
      const deadline = setTimeout(() => settle(false), deadlineMs);
      this.waiters.add(look);
      look();
    });
  }

  async stop(graceMs: number): Promise<void> {
    clearInterval(this.slowTimer);
    this.names.stop();
    await this.applying;
    await this.health.stop();
    await this.fleet?.stop(graceMs);
  }

  private receivePlan(message: Extract<ReceivedToNode, { type: 'plan' | 'plan-change' }>): void {
    const checked = this.holder.receive(message);
    // Every plan gets an answer, also one that changes nothing.
    this.lastSaid = '';
    if (checked.ok) return void this.apply();
    const { revision } = message.type === 'plan' ? message.manifest : message;
    const reason = checked.problems.slice(0, 3).join('; ').slice(0, 1000);
    this.options.log('error', 'refused a plan; the one before stays', { revision, reason });
    this.options.send({ type: 'refused', revision, reason, hashes: this.holder.hashes });
  }

  private async answerWorkers(id: number): Promise<void> {
    const workers = (await this.fleet?.ask()) ?? [];
    this.options.send({ type: 'workers', id, workers });
  }

  private async answerCheck({
    id,
    poolId,
    memberId,
  }: Extract<ReceivedToNode, { type: 'ask-check' }>): Promise<void> {
    const transcript = await this.health.check(poolId, memberId);
    this.options.send({ type: 'checked', id, transcript });
  }

  private async answerProbe({ id, target }: Extract<ReceivedToNode, { type: 'ask-probe' }>): Promise<void> {
    const { resolve, refusedAddress, send } = this.options;
    const checkOnce = this.health.checkOnce.bind(this.health);
    send({
      type: 'checked',
      id,
      transcript: await oneOffCheck(target, { resolve, refusedAddress, checkOnce }),
    });
  }

  private answerPool({ id, poolId }: Extract<ReceivedToNode, { type: 'ask-pool' }>): void {
    const planned = this.holder.plan.pools.get(poolId)?.members ?? [];
    const served = this.targets.pool(poolId);
    const { counters, send } = this.options;
    const { addresses, targets } = this;
    send({
      type: 'pool-seen',
      id,
      members: planned.map((member) =>
        memberSeen(member, served, { addresses, counters, slots: targets.members }),
      ),
    });
  }

  private wholeHealth(): FromNode {
    return { type: 'health', isWhole: true, members: this.health.whole() };
  }

  private answerMetrics(id: number): void {
    const { counters, slots, send } = this.options;
    const { startedAtMs } = this;
    send({
      type: 'metrics',
      id,
      metrics: collectMetrics(this.targets.counted, { counters, slots, startedAtMs }),
    });
  }

  private async applyAll(): Promise<void> {
    while (this.isDirty) {
      this.isDirty = false;
      await this.ports.admit([...this.holder.plan.listeners.values()]);
      this.names.follow(this.addresses.namesOf(this.holder.plan));
      await this.names.settled(FIRST_ANSWERS_MS);
      // The plan may have changed during the probes; then only the newest is worth the workers' time.
      if (!this.isDirty) this.dispatch(this.holder.plan);
    }
  }

  private dispatch(plan: Plan): void {
    const target = this.targets.make(plan, (id) => this.ports.isRefused(id));
    const admitted = [...plan.listeners.values()].filter(({ id }) => !this.ports.isRefused(id));
    this.ports.assign(admitted, target.version);
    if (this.fleet === null) this.fleet = this.startFleet(target);
    else this.fleet.serve(target);
    this.health.serve(this.targets.counted);
    this.holder.noteServed(target.version, performance.now());
    this.options.disk.save(plan);
    // Before there is a plan nothing is known of what is in use.
    if (plan.revision > 0) this.options.nameDisk.save(this.names.answers());
    this.changed();
  }

  private startFleet(target: Target): WorkerFleet {
    const { fleet, slots, counters, log } = this.options;
    const onDeath = (death: Death): void => this.workerDied(death);
    return new WorkerFleet(
      { ...fleet, slots, counters, log, onChange: () => this.changed(), onDeath },
      target,
    );
  }

  private workerDied(death: Death): void {
    if (!this.holder.noteDeath(death)) return;
    const objects = this.holder.troubles.map(({ kind, id }) => `${kind} ${id}`);
    this.options.log('error', 'rolled back changes that killed workers', {
      revision: this.holder.plan.revision,
      objects,
    });
    void this.apply().then(() => this.fleet?.startAgain());
  }

  private retry(): void {
    this.lastSaid = '';
    // Workers try again to open a listener with every plan they get, and the ledger probes again.
    const hasListenerTrouble = this.observation().troubles.some(({ kind }) => kind === 'listener');
    if (hasListenerTrouble) void this.apply();
    else this.changed();
    this.slowRounds += 1;
    if (this.slowRounds % SLOW_TIMERS_PER_HEALTH === 0) this.options.send(this.wholeHealth());
  }

  /** After anything happened: frees what is free, says what is new. */
  private changed(): void {
    if (this.fleet === null) return;
    const oldest = this.fleet.oldestVersionInUse();
    this.options.slots.reclaim(oldest);
    this.options.counters.reclaim(oldest);
    this.ports.reclaim(oldest);
    this.observe();
    for (const look of this.waiters) look();
  }

  private observe(): void {
    const observation = this.observation();
    // Connections come and go all the time; alone they are no news.
    const said = JSON.stringify({
      ...observation,
      workers: observation.workers.map((worker) => ({ ...worker, connections: 0 })),
    });
    if (said === this.lastSaid) return;
    this.lastSaid = said;
    this.options.send({ type: 'observed', observation });
  }

  private observation(): Observation {
    return {
      revision: this.fleet?.servedRevision() ?? 0,
      workers: this.fleet?.states() ?? [],
      troubles: this.allTroubles(),
    };
  }

  /** One trouble for each object: the nearest to the cause. */
  private allTroubles(): readonly ObjectTrouble[] {
    const all = [...this.holder.troubles, ...this.ports.troubles, ...(this.fleet?.troubles() ?? [])];
    const byObject = new Map(all.reverse().map((trouble) => [`${trouble.kind} ${trouble.id}`, trouble]));
    return [...byObject.values()];
  }
}
