import type { Socket } from 'node:net';
import type {
  Capabilities,
  CheckTranscript,
  MemberHealth,
  NodeMetrics,
  ObjectTrouble,
  OneOffCheck,
} from '@elbow/plan';
import { worstHealth } from './worst-health.ts';
import { differentTroubles } from './derive-plan.ts';
import { DesiredPlanMaker } from './desired-plan-maker.ts';
import { LiveWaiters } from './live-waiters.ts';
import { NodeLink } from './node-link.ts';
import { type NodeServer, openNodeServer } from './node-server.ts';
import { commonCapabilities, judgeReadiness, type NodeStatus, type Readiness } from './node-status.ts';
import type { NodeMembers, NodeProbe, NodeWorkers, Reconciler, ReconcilerOptions } from './reconciler.ts';

/** How long a lost wake-up may cost. */
const requeueIntervalMs = 30_000;
/** Before the next try when the store failed. */
const retryDelayMs = 1_000;

export class ReconcileLoop implements Reconciler {
  readonly #options: ReconcilerOptions;
  readonly #maker: DesiredPlanMaker;
  readonly #waiters = new LiveWaiters((revision) => this.#isLive(revision));
  readonly #links = new Set<NodeLink>();
  #lastCapabilities: Capabilities = commonCapabilities([]);
  #server: NodeServer | null = null;
  #running: Promise<void> | null = null;
  #asking: Promise<readonly NodeWorkers[]> | null = null;
  #counting: Promise<ReadonlyMap<string, NodeMetrics>> | null = null;
  /** Resolves when a node may have become free. */
  #freed = Promise.withResolvers<void>();
  #isDirty = false;
  #isEverythingDue = true;
  #isStopped = false;
  #requeueTimer: NodeJS.Timeout | undefined;
  #retryTimer: NodeJS.Timeout | undefined;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    this.#maker = new DesiredPlanMaker(options);
  }

  async start(): Promise<void> {
    this.#server = await openNodeServer(this.#options.socketPath, (socket) => this.#accept(socket));
    this.#requeueTimer = setInterval(() => this.#requeue(), requeueIntervalMs);
    this.notify();
    await this.#running;
  }

  notify(): void {
    this.#isDirty = true;
    if (this.#isStopped || this.#running !== null) return;
    clearTimeout(this.#retryTimer);
    this.#running = this.#run().finally(() => (this.#running = null));
  }

  whenLive(revision: number, timeoutMs: number): Promise<boolean> {
    return this.#waiters.wait(revision, timeoutMs);
  }

  readiness(): Readiness {
    return judgeReadiness(this.#maker.plan?.manifest.revision ?? null, this.nodes());
  }

  nodes(): readonly NodeStatus[] {
    return this.#openLinks().flatMap((link) => link.status ?? []);
  }

  askWorkers(): Promise<readonly NodeWorkers[]> {
    this.#asking ??= this.#askAll().finally(() => (this.#asking = null));
    return this.#asking;
  }

  askMetrics(): Promise<ReadonlyMap<string, NodeMetrics>> {
    // However many ask at a time, nodes count once.
    this.#counting ??= this.#askAllMetrics().finally(() => (this.#counting = null));
    return this.#counting;
  }

  memberHealth(memberId: string): MemberHealth | null {
    return worstHealth(this.#openLinks().flatMap((link) => link.memberHealth(memberId) ?? []));
  }

  askPool(poolId: string): Promise<readonly NodeMembers[]> {
    const asked = this.#openLinks().map(async (link) => ({
      nodeId: link.facts?.id ?? '',
      members: await link.askPool(poolId),
    }));
    return Promise.all(asked);
  }

  async checkMember(poolId: string, memberId: string): Promise<CheckTranscript | null> {
    for (const link of this.#openLinks()) {
      const transcript = await link.askCheck(poolId, memberId);
      if (transcript !== null) return transcript;
    }
    return null;
  }

  probe(target: OneOffCheck): Promise<readonly NodeProbe[]> {
    const asked = this.#openLinks().map(async (link) => ({
      nodeId: link.facts?.id ?? '',
      transcript: await link.askProbe(target),
    }));
    return Promise.all(asked);
  }

  troubles(): readonly ObjectTrouble[] {
    const seen = this.nodes().flatMap((node) => node.observation?.troubles ?? []);
    return differentTroubles([...this.#maker.conditions, ...seen]);
  }

  capabilities(): Capabilities {
    const nodes = this.nodes();
    if (nodes.length > 0) this.#lastCapabilities = commonCapabilities(nodes);
    return this.#lastCapabilities;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#requeueTimer);
    clearTimeout(this.#retryTimer);
    this.#waiters.end();
    this.#freed.resolve();
    for (const link of this.#links) link.close();
    await Promise.all([this.#server?.close(), this.#running]);
  }

  /** Passes until nothing is new. Everything that became due meanwhile is one more pass, however often it was said. */
  async #run(): Promise<void> {
    while (this.#isDirty && !this.#isStopped) {
      await this.#untilWanted();
      this.#isDirty = false;
      try {
        await this.#pass();
      } catch (error) {
        this.#retryLater(error);
        return;
      }
    }
  }

  /** While every node is busy with a plan, the next one would wait for it: what is written meanwhile is one more pass. */
  async #untilWanted(): Promise<void> {
    while (!this.#isStopped && this.#isEveryNodeBusy()) {
      this.#freed = Promise.withResolvers();
      await this.#freed.promise;
    }
  }

  #isEveryNodeBusy(): boolean {
    const links = this.#openLinks();
    return links.length > 0 && links.every((link) => link.isBusy);
  }

  async #pass(): Promise<void> {
    await this.#maker.pass(this.#isEverythingDue ? 'everything' : 'changes');
    this.#isEverythingDue = false;
    const { plan } = this.#maker;
    if (plan === null || this.#isStopped) return;
    for (const link of this.#openLinks()) link.offer(plan);
    this.#waiters.settle();
  }

  #retryLater(error: unknown): void {
    if (this.#isStopped) return;
    const reason = error instanceof Error ? error.message : String(error);
    this.#options.log('error', 'reading the store failed; nodes keep what they serve', { reason });
    this.#retryTimer = setTimeout(() => this.notify(), retryDelayMs);
  }

  #requeue(): void {
    for (const link of this.#links) link.requeue();
    this.#isEverythingDue = true;
    this.notify();
  }

  #accept(socket: Socket): void {
    const { nowMs, log } = this.#options;
    if (this.#isStopped) return void socket.destroy();
    this.#links.add(new NodeLink({ socket, nowMs, log, changed: (link) => this.#changed(link) }));
  }

  #changed(link: NodeLink): void {
    if (link.isOpen) {
      this.#dropOthersNamed(link);
      this.capabilities();
      if (this.#maker.plan !== null) link.offer(this.#maker.plan);
    } else this.#links.delete(link);
    this.#waiters.settle();
    this.#freed.resolve();
  }

  /** A node that restarted may be back before its old connection is known to be dead: the newest one speaks for it. */
  #dropOthersNamed(link: NodeLink): void {
    for (const other of this.#links)
      if (other !== link && other.facts?.id === link.facts?.id) other.drop('it connected again');
  }

  #openLinks(): readonly NodeLink[] {
    return [...this.#links].filter((link) => link.isOpen);
  }

  #isLive(revision: number): boolean {
    const links = this.#openLinks();
    return revision === 0 || (links.length > 0 && links.every((link) => link.isLive(revision)));
  }

  async #askAllMetrics(): Promise<ReadonlyMap<string, NodeMetrics>> {
    const counts = new Map<string, NodeMetrics>();
    const asked = this.#openLinks().map(async (link) => {
      const metrics = await link.askMetrics();
      if (metrics !== null) counts.set(link.facts?.id ?? '', metrics);
    });
    await Promise.all(asked);
    return counts;
  }

  async #askAll(): Promise<readonly NodeWorkers[]> {
    const answers = this.#openLinks().map(async (link) => ({
      nodeId: link.facts?.id ?? '',
      workers: await link.askWorkers(),
    }));
    return Promise.all(answers);
  }
}
