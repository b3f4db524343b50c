import { createServer, type Server, type Socket } from 'node:net';
import type { WorkerContext } from '../worker-context.ts';
import { BACKLOG, type ListeningPort } from './listening-port.ts';

export interface NetPortPlace {
  readonly address: string;
  readonly port: number;
  readonly reusePort: boolean;
}

/** A port of node:net: plain HTTP, and TLS where it is node:tls that speaks it. */
export class NetPort implements ListeningPort {
  private readonly place: NetPortPlace;
  private readonly context: WorkerContext;
  private readonly server: Server;

  constructor(place: NetPortPlace, context: WorkerContext, accept: (socket: Socket) => void) {
    this.place = place;
    this.context = context;
    this.server = createServer({ noDelay: true, allowHalfOpen: true }, accept);
  }

  open(): Promise<void> {
    const { address, port, reusePort } = this.place;
    const { server, context } = this;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: address, port, backlog: BACKLOG, reusePort, ipv6Only: true }, () => {
        server.off('error', reject);
        server.on('error', (error) => context.log('error', 'accept failed', { reason: error.message }));
        resolve();
      });
    });
  }

  /** What is served is asked for when a client is accepted. */
  serve(): void {}

  tick(): void {}

  close(): void {
    this.server.close();
  }
}
