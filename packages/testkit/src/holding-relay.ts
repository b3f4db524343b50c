import { connect, createServer, type Socket } from 'node:net';
import { listenOn } from './listen-on.ts';
import { Waiters } from './waiters.ts';

/**
 * Stands between one TLS client and a server and holds what the server says. A client that has not seen the server's
 * flight cannot send Finished: all that passes until {@link release} is its first flight, early data included.
 */
export class HoldingRelay {
  readonly firstFlight: Buffer[] = [];
  readonly changes = new Waiters();
  private readonly held: Buffer[] = [];
  private readonly to: { readonly host: string; readonly port: number };
  private readonly server = createServer((near) => this.relay(near));
  private near: Socket | null = null;
  private isHolding = true;

  constructor(to: { readonly host: string; readonly port: number }) {
    this.to = to;
  }

  /** @returns the port on 127.0.0.1 */
  async listen(): Promise<number> {
    return (await listenOn(this.server)).port;
  }

  /** Bytes of the server that its client has not got. */
  get heldBytes(): number {
    return this.held.reduce((sum, bytes) => sum + bytes.length, 0);
  }

  /** From now on everything passes. */
  release(): void {
    this.isHolding = false;
    for (const bytes of this.held) this.near?.write(bytes);
  }

  stop(): void {
    this.server.close();
    this.near?.destroy();
  }

  private relay(near: Socket): void {
    const far = connect(this.to);
    this.near = near;
    near.on('data', (bytes) => {
      if (this.isHolding) this.firstFlight.push(bytes);
      far.write(bytes);
      this.changes.changed();
    });
    far.on('data', (bytes) => {
      if (this.isHolding) this.held.push(bytes);
      else near.write(bytes);
      this.changes.changed();
    });
    near.on('error', () => far.destroy()).on('close', () => far.end());
    far.on('error', () => near.destroy()).on('close', () => near.end());
  }
}
