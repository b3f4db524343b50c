import { stat } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { checkToNode, encodeMessage, type Log, MessageReader } from '@elbow/plan';
import type { FromNode, ReceivedToNode } from '@elbow/plan';
import { backoffMs } from './backoff.ts';

const REDIAL = { firstMs: 20, longestMs: 250 };
/** A loss shorter than this is nothing to write about. */
const PATIENCE_MS = 5000;
/** More than this waiting to be read means that the other end has stopped reading. */
const LONGEST_QUEUE_BYTES = 4 * 1024 * 1024;

export interface ControlLinkOptions {
  readonly socketPath: string;
  /** What to say first on a new connection. */
  readonly greet: () => readonly FromNode[];
  readonly receive: (message: ReceivedToNode) => void;
  readonly log: Log;
}

/** The node's side of the talk with the control process. Dials again forever; without it the node serves on. */
export class ControlLink {
  private readonly options: ControlLinkOptions;
  private readonly closing = new AbortController();
  private socket: Socket | null = null;
  private attempt = 0;
  private lostAtMs: number | null = null;
  private isLossLogged = false;
  private readonly loop: Promise<void>;

  constructor(options: ControlLinkOptions) {
    this.options = options;
    this.loop = this.dialForever();
  }

  get isConnected(): boolean {
    return this.socket !== null;
  }

  /** Says something if there is a connection; else the greeting of the next one makes up for it. */
  send(message: FromNode): void {
    if (this.socket === null) return;
    this.socket.write(encodeMessage(message));
    if (this.socket.writableLength > LONGEST_QUEUE_BYTES)
      this.socket.destroy(new Error('the other end does not read'));
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.socket?.destroy();
    await this.loop;
  }

  private async dialForever(): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      const reason = await this.talk();
      if (signal.aborted) return;
      this.logLoss(reason);
      await delay(backoffMs(REDIAL, this.attempt++, Math.random()), undefined, { signal }).catch(() => {});
    }
  }

  /** One connection from dial to end. @returns why it ended */
  private async talk(): Promise<string> {
    const { socketPath } = this.options;
    const stranger = await whyNotTrusted(dirname(socketPath));
    if (stranger !== null || this.closing.signal.aborted) return stranger ?? 'closing';
    return new Promise((resolve) => {
      const socket = connect(socketPath);
      const reader = new MessageReader();
      let reason = 'the control process closed the connection';
      socket.on('connect', () => this.connected(socket));
      socket.on('data', (bytes) => this.read(socket, reader, bytes));
      socket.on('error', (error) => (reason = error.message));
      socket.on('close', () => {
        this.socket = null;
        resolve(reason);
      });
    });
  }

  private connected(socket: Socket): void {
    if (this.closing.signal.aborted) return void socket.destroy();
    this.socket = socket;
    for (const message of this.options.greet()) this.send(message);
  }

  private read(socket: Socket, reader: MessageReader, bytes: Buffer): void {
    try {
      for (const value of reader.push(bytes)) this.take(value);
    } catch (error) {
      socket.destroy(error as Error);
    }
  }

  private take(value: unknown): void {
    const checked = checkToNode(value);
    if (!checked.ok)
      throw new Error(`the control process sent a message that breaks a rule: ${checked.problems[0]}`);
    // Only a peer that talks sense ends the backoff.
    this.attempt = 0;
    if (this.isLossLogged) this.options.log('info', 'connected to the control process again');
    this.isLossLogged = false;
    this.lostAtMs = null;
    this.options.receive(checked.value);
  }

  /** Once per loss, and only of one that lasts: a control process that is just starting would fill the log. */
  private logLoss(reason: string): void {
    this.lostAtMs ??= performance.now();
    if (this.isLossLogged || performance.now() - this.lostAtMs < PATIENCE_MS) return;
    this.isLossLogged = true;
    this.options.log('warn', 'no connection to the control process; serving the last plan', { reason });
  }
}

/** The directory of the socket may lie where anybody can create names, so it has to be ours. */
async function whyNotTrusted(directory: string): Promise<string | null> {
  try {
    const { uid } = await stat(directory);
    const own = process.geteuid?.();
    return own === undefined || uid === own ? null : `${directory} belongs to another user`;
  } catch (error) {
    return (error as Error).message;
  }
}
