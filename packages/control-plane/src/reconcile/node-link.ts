import type { Socket } from 'node:net';
import {
  checkFromNode,
  type CheckTranscript,
  encodeMessage,
  type FromNode,
  type Log,
  type MemberHealth,
  type MemberSeen,
  MessageReader,
  type NodeFacts,
  type NodeMetrics,
  type Observation,
  type OneOffCheck,
  planChange,
  planDelta,
  type ToNode,
  type WorkerState,
} from '@elbow/plan';
import type { DesiredPlan } from './derive-plan.ts';
import type { NodeStatus } from './node-status.ts';

/** A node says little: its hashes in the hello are the longest, 64 bytes each. */
const maxFromNodeBytes = 16 * 1024 * 1024;
const helloDeadlineMs = 5_000;
/** A node that is slow to serve a plan does not hold up the next one for longer. */
const acknowledgeDeadlineMs = 2_000;
/** A node that does not take our bytes for this long is gone. */
const stalledDeadlineMs = 20_000;
const askDeadlineMs = 2_000;
/** A check of a member may take as long as its timeout, 50 s, and a little for the way. */
const checkDeadlineMs = 53_000;
/** A refused plan is sent once more, in full to what the node really has; then only when something changed. */
const maxAttempts = 2;

export interface NodeLinkOptions {
  readonly socket: Socket;
  readonly nowMs: () => number;
  readonly log: Log;
  /** The node said hello, observed something, refused a plan, or is gone. */
  readonly changed: (link: NodeLink) => void;
}

type Question =
  | { readonly type: 'ask-workers' | 'ask-metrics' }
  | { readonly type: 'ask-pool'; readonly poolId: string }
  | { readonly type: 'ask-check'; readonly poolId: string; readonly memberId: string }
  | { readonly type: 'ask-probe'; readonly target: OneOffCheck };
type Answer = Extract<FromNode, { readonly type: 'workers' | 'metrics' | 'checked' | 'pool-seen' }>;

/** One connection to one node, from accept to close: tells it what to serve, one plan at a time, and hears what it does. */
export class NodeLink {
  readonly #options: NodeLinkOptions;
  readonly #reader = new MessageReader(maxFromNodeBytes);
  readonly #connectedAtMs: number;
  /** Questions on their way, by id: what to do with the answer. */
  readonly #asked = new Map<number, (answer: Answer | null) => void>();
  #facts: NodeFacts | null = null;
  #observation: Observation | null = null;
  /** Of every member that the node checks. */
  #health = new Map<string, MemberHealth>();
  #refusal: string | null = null;
  #have: ReadonlySet<string> = new Set();
  #wanted: DesiredPlan | null = null;
  #sent: DesiredPlan | null = null;
  /** The plan that the node has said to serve, while that is the one that it was sent last. */
  #taken: DesiredPlan | null = null;
  /** The node's answer to the plan that it was sent last tells it from the one before. */
  #isTellable = false;
  #isAwaitingAnswer = false;
  #attempts = 0;
  #unsentSinceMs: number | null = null;
  #timer: NodeJS.Timeout;
  #nextAsk = 1;

  constructor(options: NodeLinkOptions) {
    this.#options = options;
    this.#connectedAtMs = options.nowMs();
    const { socket } = options;
    socket.on('data', (bytes: Uint8Array) => this.#read(bytes));
    socket.on('drain', () => this.#drained());
    socket.on('error', (error) =>
      options.log('warn', 'the connection to a node failed', { reason: error.message }),
    );
    socket.on('close', () => this.#closed());
    this.#timer = setTimeout(() => this.drop('no hello in time'), helloDeadlineMs);
  }

  get isOpen(): boolean {
    return this.#facts !== null && !this.#options.socket.destroyed;
  }

  /** Null until the node has said hello. */
  get facts(): NodeFacts | null {
    return this.#facts;
  }

  get status(): NodeStatus | null {
    return this.#facts === null
      ? null
      : {
          facts: this.#facts,
          connectedAtMs: this.#connectedAtMs,
          deliveredRevision: this.#sent?.manifest.revision ?? 0,
          observation: this.#observation,
          refusal: this.#refusal,
        };
  }

  /**
   * True when the node serves this revision. What it served before this connection told it otherwise does not count:
   * a database that was put back to an older copy has lower revisions.
   */
  isLive(revision: number): boolean {
    const observed = this.#observation?.revision ?? -1;
    return this.#sent !== null && observed >= revision && observed <= this.#sent.manifest.revision;
  }

  /** It has not answered for the plan that it was sent last: another one would wait. */
  get isBusy(): boolean {
    return this.#isAwaitingAnswer || this.#options.socket.writableLength > 0;
  }

  /** Makes this the plan to serve. Sent at once, or when the node has answered for the one before. */
  offer(plan: DesiredPlan): void {
    if (plan !== this.#wanted) this.#attempts = 0;
    this.#wanted = plan;
    this.#send();
  }

  /** Tells the node again unless it serves what it should; drops it when it does not even take our bytes. */
  requeue(): void {
    const { nowMs } = this.#options;
    if (this.#unsentSinceMs !== null && nowMs() - this.#unsentSinceMs > stalledDeadlineMs)
      return this.drop('it does not read');
    if (this.#wanted === null || (this.isLive(this.#wanted.manifest.revision) && this.#refusal === null))
      return;
    this.#sendAgain();
  }

  /** What each worker serves, asked now; empty when the node does not answer within two seconds. */
  async askWorkers(): Promise<readonly WorkerState[]> {
    const answer = await this.#ask({ type: 'ask-workers' });
    return answer?.type === 'workers' ? answer.workers : [];
  }

  /** What the node has counted until now; null when it does not answer within two seconds. */
  async askMetrics(): Promise<NodeMetrics | null> {
    const answer = await this.#ask({ type: 'ask-metrics' });
    return answer?.type === 'metrics' ? answer.metrics : null;
  }

  /** What the node saw of a pool's members; empty when it does not serve them or does not answer within two seconds. */
  async askPool(poolId: string): Promise<readonly MemberSeen[]> {
    const answer = await this.#ask({ type: 'ask-pool', poolId });
    return answer?.type === 'pool-seen' ? answer.members : [];
  }

  /** Has a member checked now; null when the node does not serve it, or does not come to an end with it. */
  async askCheck(poolId: string, memberId: string): Promise<CheckTranscript | null> {
    const answer = await this.#ask({ type: 'ask-check', poolId, memberId }, checkDeadlineMs);
    return answer?.type === 'checked' ? answer.transcript : null;
  }

  /** Has a place checked now; null when the node has too much to do, or does not come to an end with it. */
  async askProbe(target: OneOffCheck): Promise<CheckTranscript | null> {
    const answer = await this.#ask({ type: 'ask-probe', target }, checkDeadlineMs);
    return answer?.type === 'checked' ? answer.transcript : null;
  }

  /** What the node found out about a member; null when it does not check it. */
  memberHealth(memberId: string): MemberHealth | null {
    return this.#health.get(memberId) ?? null;
  }

  #ask(question: Question, deadlineMs = askDeadlineMs): Promise<Answer | null> {
    const id = this.#nextAsk++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => finish(null), deadlineMs);
      const finish = (answer: Answer | null) => {
        clearTimeout(timer);
        this.#asked.delete(id);
        resolve(answer);
      };
      this.#asked.set(id, finish);
      this.#write({ ...question, id });
    });
  }

  drop(reason: string): void {
    if (this.#options.socket.destroyed) return;
    this.#options.log('warn', 'dropped a node', { node: this.#facts?.id ?? 'unknown', reason });
    this.#options.socket.destroy();
  }

  /** Ends the connection without complaint. */
  close(): void {
    this.#options.socket.destroy();
  }

  #send(): void {
    const { socket } = this.#options;
    const plan = this.#wanted;
    if (!this.isOpen || plan === null || plan === this.#sent || this.#isAwaitingAnswer) return;
    // Plans wait here, where a newer one replaces them, and not in the buffer of the socket.
    if (socket.writableLength > 0) return;
    const { manifest, chunks } = plan;
    this.#write(
      this.#taken === null
        ? planDelta(this.#have, manifest, chunks)
        : planChange(this.#taken.manifest, manifest, { have: this.#have, chunks }),
    );
    const isNewer = manifest.revision > (this.#sent?.manifest.revision ?? -1);
    this.#taken = null;
    this.#isTellable = isNewer;
    this.#have = new Set(plan.chunks.keys());
    this.#sent = plan;
    this.#attempts += 1;
    // A node that serves this revision already has nothing new to say.
    this.#isAwaitingAnswer = !this.isLive(plan.manifest.revision);
    clearTimeout(this.#timer);
    if (this.#isAwaitingAnswer) this.#timer = setTimeout(() => this.#overdue(), acknowledgeDeadlineMs);
  }

  #overdue(): void {
    this.#answered();
    this.#options.changed(this);
  }

  #drained(): void {
    this.#send();
    if (this.isOpen) this.#options.changed(this);
  }

  #sendAgain(): void {
    this.#sent = null;
    this.#taken = null;
    this.#attempts = 0;
    this.#answered();
  }

  #answered(): void {
    clearTimeout(this.#timer);
    this.#isAwaitingAnswer = false;
    this.#send();
  }

  #write(message: ToNode): void {
    this.#unsentSinceMs ??= this.#options.nowMs();
    this.#options.socket.write(encodeMessage(message), () => (this.#unsentSinceMs = null));
  }

  #read(bytes: Uint8Array): void {
    try {
      for (const value of this.#reader.push(bytes)) this.#receive(value);
    } catch (error) {
      this.drop(error instanceof Error ? error.message : String(error));
    }
  }

  #receive(value: unknown): void {
    if (this.#options.socket.destroyed) return;
    const message = checkFromNode(value);
    if (!message.ok) return this.drop(message.problems.join('; '));
    if ((this.#facts === null) !== (message.value.type === 'hello'))
      return this.drop('hello comes first and once');
    this.#take(message.value);
  }

  #take(message: FromNode): void {
    if (isAnswer(message)) return this.#asked.get(message.id)?.(message);
    if (message.type === 'health') return this.#learnHealth(message);
    if (message.type === 'hello') this.#hello(message);
    else if (message.type === 'observed') this.#observed(message.observation);
    else this.#refused(message);
    this.#options.changed(this);
  }

  #learnHealth({ isWhole, members }: Extract<FromNode, { readonly type: 'health' }>): void {
    if (isWhole) this.#health = new Map();
    for (const health of members) this.#health.set(health.memberId, health);
  }

  #hello({ node, revision, hashes }: Extract<FromNode, { readonly type: 'hello' }>): void {
    clearTimeout(this.#timer);
    this.#facts = node;
    this.#have = new Set(hashes);
    this.#options.log('info', 'a node connected', { node: node.id, revision, chunks: hashes.length });
    this.#send();
  }

  #observed(observation: Observation): void {
    this.#observation = observation;
    if (this.#sent === null || !this.isLive(this.#sent.manifest.revision)) return;
    this.#refusal = null;
    if (this.#isTellable) this.#taken = this.#sent;
    this.#answered();
  }

  #refused({ revision, reason, hashes }: Extract<FromNode, { readonly type: 'refused' }>): void {
    this.#options.log('error', 'a node refused a plan', { node: this.#facts?.id, revision, reason });
    this.#refusal = `revision ${revision}: ${reason}`;
    this.#have = new Set(hashes);
    this.#taken = null;
    if (this.#attempts < maxAttempts) this.#sent = null;
    this.#answered();
  }

  #closed(): void {
    clearTimeout(this.#timer);
    for (const finish of this.#asked.values()) finish(null);
    this.#options.changed(this);
  }
}

const answers: readonly FromNode['type'][] = [
  'workers',
  'metrics',
  'checked',
  'pool-seen',
] satisfies Answer['type'][];

function isAnswer(message: FromNode): message is Answer {
  return answers.includes(message.type);
}
