import type { Socket } from 'node:net';
import type { ClientSocket, SecureFacts } from '@elbow/tls';
import { type ClientFacts, isAdmitted } from '@elbow/traffic';
import type { WireProblem } from '@elbow/wire';
import type { ClientConnection } from './client/client-connection.ts';
import { clientPace } from './client/client-pace.ts';
import { ConnectionFacts } from './client/connection-facts.ts';
import type { EarlyPhase } from './client/early-phase.ts';
import { Http1Client } from './client/http1-client.ts';
import { Http2Client } from './client/http2-client.ts';
import { PacedSocket } from './client/paced-socket.ts';
import { arriveForTls } from './client/tls-arrival.ts';
import type { ServedListener } from './plan/served-listener.ts';
import type { ServedPlan } from './plan/served-plan.ts';
import type { ListeningPort } from './port/listening-port.ts';
import { NativePort } from './port/native-port.ts';
import { NetPort } from './port/net-port.ts';
import { admitConnection, leaveConnection } from './shared/admit-connection.ts';
import type { Admission } from './shared/listener-slot.ts';
import type { WorkerContext } from './worker-context.ts';

/** After its listener is deleted a connection may finish its answer, but not for ever. */
const DRAIN_MS = 300_000;

/** What the rest of the worker does for a listener's socket. */
export interface ListenerHost {
  readonly context: WorkerContext;
  readonly reusePort: boolean;
  /** The plan that is served at this moment. */
  plan(): ServedPlan;
  /** Takes one connection of the worker's budget; false when there is none left. */
  admitToWorker(): boolean;
  leaveWorker(): void;
}

/**
 * The socket of a VIP and port. It stays open for the listener's whole life: certificates, policies and pools change
 * behind it, and no change closes it.
 */
export class ListenerSocket {
  readonly context: WorkerContext;
  private readonly host: ListenerHost;
  private readonly port: ListeningPort;
  private readonly clients = new Set<ClientConnection>();
  private drainTimer: NodeJS.Timeout | null = null;
  /** What is served here now; requests read it when they begin. */
  listener: ServedListener;
  isClosing = false;

  constructor(host: ListenerHost, listener: ServedListener) {
    this.host = host;
    this.context = host.context;
    this.listener = listener;
    this.port = this.makePort(listener);
  }

  get reusePort(): boolean {
    return this.host.reusePort;
  }

  get plan(): ServedPlan {
    return this.host.plan();
  }

  /** Resolves when connections are accepted; rejects with the reason why they cannot be. */
  open(): Promise<void> {
    return this.port.open();
  }

  /** Closes the port now and its connections as they become idle. */
  close(): void {
    this.isClosing = true;
    this.port.close();
    for (const client of this.clients) client.drain();
    this.drainTimer = setTimeout(() => this.destroyClients(), DRAIN_MS);
    this.drainTimer.unref();
    this.stopDrainingWhenEmpty();
  }

  get openClients(): number {
    return this.clients.size;
  }

  refused(problem: WireProblem): void {
    this.context.recorder.refused(this.listener.chunk, problem.status, problem.reason);
  }

  clientClosed(client: ClientConnection): void {
    this.clients.delete(client);
    this.stopDrainingWhenEmpty();
  }

  private makePort({ chunk, tls }: ServedListener): ListeningPort {
    const { nativeTls } = this.context;
    if (tls?.engine === 'native' && nativeTls !== null) return new NativePort(this, nativeTls, tls.context);
    const place = { address: chunk.address, port: chunk.port, reusePort: this.reusePort };
    return new NetPort(place, this.context, (socket) => this.accept(socket));
  }

  private accept(socket: Socket): void {
    if (!this.admitClient(socket.remoteAddress ?? '', socket)) {
      socket.resetAndDestroy();
      return;
    }
    socket.on('error', ignore);
    if (this.listener.tls !== null) return arriveForTls(socket, this);
    this.welcome(new Http1Client(this.atPace(socket), this, this.factsOf(socket, null)));
  }

  /** @returns false for a client that must not come in */
  admitClient(address: string, socket: { once(event: 'close', listener: () => void): unknown }): boolean {
    const { listener } = this;
    const admission = this.admit(listener, address);
    this.context.recorder.connection(listener.chunk, admission);
    if (admission !== 'admitted') return false;
    socket.once('close', () => {
      leaveConnection(listener);
      this.host.leaveWorker();
    });
    return true;
  }

  private admit(listener: ServedListener, peer: string): Admission | 'node-full' | 'denied' {
    if (!isAdmitted(listener.chunk.access, listener.routing.sets, peer)) return 'denied';
    if (!this.host.admitToWorker()) return 'node-full';
    const admission = admitConnection(listener, this.context.rates);
    if (admission !== 'admitted') this.host.leaveWorker();
    return admission;
  }

  /** Where the load balancer has a bandwidth, its clients are served at that pace. */
  private atPace(socket: ClientSocket): ClientSocket {
    const { chunk, owner } = this.listener;
    if (chunk.limits.flavor === null || chunk.limits.flavor.bitsPerSecond === 0) return socket;
    return new PacedSocket(
      socket,
      clientPace(owner.bandwidth, () => this.listener),
    ).asClientSocket;
  }

  /**
   * A TLS handshake of this listener is complete.
   * @param early it is not yet: requests came before it
   */
  secured(socket: ClientSocket, secure: SecureFacts, early: EarlyPhase | null = null): void {
    const facts = this.factsOf(socket, secure, early);
    const isHttp2 = secure.alpn === 'h2';
    const paced = this.atPace(socket);
    this.welcome(isHttp2 ? new Http2Client(paced, this, facts) : new Http1Client(paced, this, facts));
  }

  /** A new plan has this listener in another form. Requests read what they need when they begin; what is idle is told. */
  serveAs(listener: ServedListener): void {
    const { idleMs } = this.listener.chunk.timers;
    this.listener = listener;
    this.port.serve(listener);
    if (listener.chunk.timers.idleMs === idleMs) return;
    for (const client of this.clients) client.idleTimeChanged();
  }

  /** Once a second. */
  tick(nowMs: number): void {
    this.port.tick();
    for (const client of this.clients) client.tick?.(nowMs);
  }

  private welcome(client: ClientConnection): void {
    this.clients.add(client);
    if (this.isClosing) client.drain();
  }

  private factsOf(
    socket: ClientSocket,
    secure: SecureFacts | null,
    early: EarlyPhase | null = null,
  ): ConnectionFacts {
    const client: ClientFacts = {
      address: foldMappedAddress(socket.remoteAddress ?? ''),
      port: socket.remotePort ?? 0,
      listenerPort: this.listener.chunk.port,
      scheme: secure === null ? 'http' : 'https',
    };
    return new ConnectionFacts(client, secure, early);
  }

  private destroyClients(): void {
    for (const client of this.clients) client.abort();
  }

  private stopDrainingWhenEmpty(): void {
    if (this.clients.size === 0 && this.drainTimer !== null) clearTimeout(this.drainTimer);
  }
}

/** `::ffff:192.0.2.1` is the IPv4 peer 192.0.2.1; rules for IPv4 must see it as such. */
function foldMappedAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}

function ignore(): void {}
