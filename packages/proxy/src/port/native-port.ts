import type { Socket } from 'node:net';
import type {
  ClientSocket,
  NativeContext,
  NativeEngine,
  NativeListener,
  NativeListenerEvents,
  NativeSocket,
  SecureFacts,
} from '@elbow/tls';
import type { EarlyPhase } from '../client/early-phase.ts';
import { refusePlainHttp } from '../client/tls-arrival.ts';
import type { ServedListener } from '../plan/served-listener.ts';
import type { WorkerContext } from '../worker-context.ts';
import { BACKLOG, type ListeningPort } from './listening-port.ts';

export interface NativePortHost {
  readonly context: WorkerContext;
  readonly reusePort: boolean;
  /** What is served at this moment. */
  readonly listener: ServedListener;
  /** @returns false for a client that is refused with a reset */
  admitClient(address: string, socket: Pick<NativeSocket, 'once'>): boolean;
  secured(socket: ClientSocket, secure: SecureFacts, early: EarlyPhase | null): void;
}

/** A port of the native TLS engine, which accepts and speaks TLS by itself. */
export class NativePort implements ListeningPort {
  private readonly host: NativePortHost;
  private readonly engine: NativeEngine;
  private listening: NativeListener | null = null;
  private context: NativeContext;
  private ticketKeys: readonly Uint8Array[];

  constructor(host: NativePortHost, engine: NativeEngine, context: NativeContext) {
    this.host = host;
    this.engine = engine;
    this.context = context;
    this.ticketKeys = this.ticketKeysNow();
  }

  async open(): Promise<void> {
    const { host, engine, context } = this;
    const { address, port } = host.listener.chunk;
    const place = { address, port, backlog: BACKLOG, reusePort: host.reusePort, ipv6Only: true };
    try {
      this.listening = engine.listen(place, context, this.events());
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new Error(`listen ${code ?? 'failed'}: ${message} ${address}:${port}`, { cause: error });
    }
  }

  serve({ tls }: ServedListener): void {
    if (tls?.engine !== 'native' || tls.context === this.context) return;
    this.context = tls.context;
    this.ticketKeys = this.ticketKeysNow();
    this.listening?.setContext(tls.context);
  }

  /** Another worker may have begun to use new secrets already: a second in which full handshakes are made is no harm. */
  tick(): void {
    const keys = this.ticketKeysNow();
    if (keys === this.ticketKeys) return;
    this.ticketKeys = keys;
    this.context.setTicketKeys(keys);
  }

  close(): void {
    this.listening?.close();
  }

  private ticketKeysNow(): readonly Uint8Array[] {
    const { context, listener } = this.host;
    return context.ticketKeys.nativeKeysFor(listener.chunk.id);
  }

  private events(): NativeListenerEvents {
    const { host } = this;
    return {
      onAccept: (socket) => host.admitClient(socket.remoteAddress, socket),
      onSecure: (socket) =>
        host.secured(socket.asClientSocket, socket.secureFacts, socket.isEarly ? socket : null),
      onPlain: refusePlain,
      onHandshakeError: ({ message }) => host.context.recorder.handshakeFailed(host.listener.chunk, message),
    };
  }
}

function refusePlain(plain: Socket): void {
  plain.on('error', () => {});
  refusePlainHttp(plain);
}
