import { hash as digest } from 'node:crypto';
import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import {
  applyPlanChange,
  assemblePlan,
  checkToNode,
  emptyPlan,
  encodeMessage,
  type FromNode,
  type Manifest,
  MessageReader,
  type ObjectTrouble,
  type Plan,
  type ReceivedToNode,
  type WorkerState,
} from '@elbow/plan';

export const hash = (text: string): string => digest('sha256', text, 'hex');

export type ReceivedPlanMessage = Extract<ReceivedToNode, { readonly type: 'plan' }>;

/** A node without a data plane: real socket, real messages, real plans, and it says what the test wants said. */
export class ScriptedNode {
  readonly id: string;
  readonly socket: Socket;
  plan: Plan;
  readonly #reader = new MessageReader();
  readonly #inbox: ReceivedToNode[] = [];
  /** Plans that came as changes of those before. */
  changes = 0;
  #manifest: Manifest | null = null;
  #wake: () => void = () => {};

  private constructor(id: string, plan: Plan, socket: Socket) {
    this.id = id;
    this.plan = plan;
    this.socket = socket;
    socket.on('data', (bytes) => this.#read(bytes));
    socket.on('error', () => {});
  }

  /** Dials in and says hello with everything in `plan`. */
  static async connect(
    path: string,
    id = 'node-1',
    plan: Plan = emptyPlan,
    zone = 'az1',
  ): Promise<ScriptedNode> {
    const socket = createConnection(path);
    await once(socket, 'connect');
    const node = new ScriptedNode(id, plan, socket);
    const capabilities = {
      lowestPort: 1024,
      earlyData: false,
      whyNoEarlyData: 'not built',
      tlsEngine: 'node' as const,
      http2: true,
    };
    const facts = { id, availabilityZone: zone, processId: 1, runtime: 'test', capabilities };
    node.send({ type: 'hello', node: facts, revision: plan.revision, hashes: [...plan.chunks.keys()] });
    return node;
  }

  send(message: FromNode): void {
    this.socket.write(encodeMessage(message));
  }

  /** The next plan message, however long it takes to come. */
  async nextPlan(): Promise<ReceivedPlanMessage> {
    const message = await this.#next();
    if (message.type === 'plan-change') return this.#whole(message);
    if (message.type !== 'plan') throw new Error(`expected a plan, got ${message.type}`);
    this.#manifest = message.manifest;
    return message;
  }

  #whole(change: Extract<ReceivedToNode, { readonly type: 'plan-change' }>): ReceivedPlanMessage {
    if (this.#manifest === null) throw new Error('a change came before a plan');
    this.#manifest = applyPlanChange(this.#manifest, change);
    this.changes += 1;
    return { type: 'plan', manifest: this.#manifest, chunks: change.chunks };
  }

  async nextQuestion(): Promise<number> {
    const message = await this.#next();
    if (message.type !== 'ask-workers' && message.type !== 'ask-check' && message.type !== 'ask-probe')
      throw new Error(`expected a question, got ${message.type}`);
    return message.id;
  }

  /** Messages that have arrived and nobody has asked for. */
  get unread(): number {
    return this.#inbox.length;
  }

  /** Serves a plan as a real node would; throws when it would be refused. */
  apply(message: ReceivedPlanMessage): void {
    const result = assemblePlan(this.plan, message, hash);
    if (!result.ok) throw new Error(result.problems.join('; '));
    this.plan = result.value.plan;
    this.observe(result.value.troubles);
  }

  observe(troubles: readonly ObjectTrouble[] = []): void {
    const { revision } = this.plan;
    this.send({ type: 'observed', observation: { revision, workers: this.workers(), troubles } });
  }

  /** Takes the next plan and serves it. */
  async follow(): Promise<ReceivedPlanMessage> {
    const message = await this.nextPlan();
    this.apply(message);
    return message;
  }

  workers(): readonly WorkerState[] {
    return [{ id: 0, revision: this.plan.revision, state: 'serving', connections: 0 }];
  }

  async close(): Promise<void> {
    if (this.socket.destroyed) return;
    this.socket.destroy();
    await once(this.socket, 'close');
  }

  async #next(): Promise<ReceivedToNode> {
    while (this.#inbox.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#inbox.shift()!;
  }

  #read(bytes: Uint8Array): void {
    for (const value of this.#reader.push(bytes)) {
      const message = checkToNode(value);
      if (!message.ok) throw new Error(message.problems.join('; '));
      this.#inbox.push(message.value);
    }
    this.#wake();
  }
}
