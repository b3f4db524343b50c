import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFromNode, encodeMessage, MessageReader } from '@elbow/plan';
import type { FromNode, Plan, ToNode } from '@elbow/plan';

/** The control end of a node's link, for a test to speak through. Checks everything that the node says. */
export class ScriptedControl {
  readonly directory = mkdtempSync(join(tmpdir(), 'elbow-node-'));
  readonly socketPath = join(this.directory, 'node.sock');
  readonly heard: FromNode[] = [];
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly waiters = new Set<() => void>();

  constructor() {
    this.server = createServer((socket) => this.accept(socket));
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.server.listen(this.socketPath, resolve));
  }

  say(message: ToNode | { readonly type: string }): void {
    for (const socket of this.sockets) socket.write(encodeMessage(message));
  }

  /** Sends a plan with all of its chunks. */
  sayPlan(plan: Plan): void {
    this.say({ type: 'plan', manifest: plan.manifest, chunks: Object.fromEntries(plan.chunks) });
  }

  /** The first message heard, now or later, that fits. */
  hear<T extends FromNode['type']>(
    type: T,
    fits: (message: Extract<FromNode, { type: T }>) => boolean = () => true,
  ): Promise<Extract<FromNode, { type: T }>> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.heard.find(
          (message): message is Extract<FromNode, { type: T }> =>
            message.type === type && fits(message as Extract<FromNode, { type: T }>),
        );
        if (found === undefined) return;
        this.waiters.delete(look);
        resolve(found);
      };
      this.waiters.add(look);
      look();
    });
  }

  /** Drops all connections; the node may dial again. */
  hangUp(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.hangUp();
    await new Promise((resolve) => this.server.close(resolve));
    rmSync(this.directory, { recursive: true });
  }

  private accept(socket: Socket): void {
    const reader = new MessageReader();
    this.sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('data', (bytes) => {
      for (const value of reader.push(bytes)) this.take(value);
    });
  }

  private take(value: unknown): void {
    const checked = checkFromNode(value);
    if (!checked.ok) throw new Error(`the node broke a rule: ${checked.problems.join('; ')}`);
    this.heard.push(checked.value);
    for (const look of this.waiters) look();
  }
}
