import { Socket } from 'node:net';
import { handshakeLimits } from './handshake-gate.ts';
import {
  loadNativeBinding,
  type NativeBinding,
  type NativeContextHandle,
  type NativeListenOptions,
  nativeEvent,
} from './native-binding.ts';
import { nativeContextOptions, type NativeSettings } from './native-context.ts';
import { NativeSocket } from './native-socket.ts';

export interface NativeCapability {
  readonly available: boolean;
  /** Why not; null when it is. */
  readonly reason: string | null;
}

export interface NativeEngineOptions {
  /** Shared by all workers; without one early data is refused. See {@link createReplayFilter}. */
  readonly replayFilter: SharedArrayBuffer | null;
  /** How long a client may take from connecting to the end of its first message. */
  readonly helloMs?: number;
  /** How long it may take from connecting to the end of the handshake. */
  readonly handshakeMs?: number;
  /** Handshakes under way in this thread: each holds a TLS session. */
  readonly mostHandshakes?: number;
  /** Clients whose hello is there and that wait for one to end; above it they are turned away with a reset. */
  readonly mostWaiting?: number;
}

/** What happens at a listener. */
export interface NativeListenerEvents {
  /**
   * Someone connects; nothing was read yet. `close` of the socket comes for everyone who was let in.
   * @returns false to refuse with a reset
   */
  onAccept(socket: NativeSocket): boolean;
  /** The handshake is complete, or (`socket.isEarly`) a request came in early data and `handshakeDone` will follow. */
  onSecure(socket: NativeSocket): void;
  /** Plain bytes came instead of TLS: they are still to be read from `plain`. */
  onPlain(plain: Socket, socket: NativeSocket): void;
  /** The handshake failed or took too long. */
  onHandshakeError(error: Error, socket: NativeSocket): void;
}

/** A set of TLS settings of the native engine. */
export interface NativeContext {
  /** The first encrypts from now on, all decrypt. */
  setTicketKeys(keys: readonly Uint8Array[]): void;
}

export interface NativeListener {
  readonly port: number;
  /** For handshakes that begin from now on; open connections keep what they have. */
  setContext(context: NativeContext): void;
  /** Closes the port; open connections stay. */
  close(): void;
}

const SLOT_MASK = 2 ** 20 - 1;
/** One read of 64 KiB and the part of a record that was kept from the read before. */
const PLAIN_BYTES = 96 * 1024;
const HELLO_MS = 5000;
const HANDSHAKE_MS = 10_000;

/** Whether this machine has the native engine, and if not, why. */
export function nativeCapability(): NativeCapability {
  const { binding, reason } = loadNativeBinding();
  return { available: binding !== null, reason };
}

class LoadedContext implements NativeContext {
  readonly handle: NativeContextHandle;
  private readonly binding: NativeBinding;

  constructor(binding: NativeBinding, settings: NativeSettings) {
    this.binding = binding;
    this.handle = binding.createContext(nativeContextOptions(settings));
  }

  setTicketKeys(keys: readonly Uint8Array[]): void {
    this.binding.setTicketKeys(this.handle, keys);
  }
}

/** The native engine of one thread: it listens, accepts, speaks TLS, and hands out sockets. */
export class NativeEngine {
  private readonly binding: NativeBinding;
  private readonly plain = Buffer.allocUnsafeSlow(PLAIN_BYTES);
  private readonly listeners = new Map<number, NativeListenerEvents>();
  private readonly sockets: (Guest | null)[] = [];

  /**
   * Starts the engine of this thread; there is one.
   * @throws with the reason when the engine is not available, or runs in this thread already
   */
  constructor(options: NativeEngineOptions) {
    const { binding, reason } = loadNativeBinding();
    if (binding === null) throw new Error(reason);
    this.binding = binding;
    binding.start({
      plain: this.plain,
      filter: options.replayFilter === null ? null : new Uint8Array(options.replayFilter),
      helloMs: options.helloMs ?? HELLO_MS,
      handshakeMs: options.handshakeMs ?? HANDSHAKE_MS,
      mostHandshakes: options.mostHandshakes ?? handshakeLimits.mostUnderWay,
      mostWaiting: options.mostWaiting ?? handshakeLimits.mostWaiting,
      onAccept: (listener, id, address, port) => this.accept(listener, { id, address, port }),
      onEvent: (id, events, length, why) => this.dispatch(id, { events, length, why }),
    });
  }

  /** Handshakes under way and connections of this thread. */
  get counts(): { readonly handshakes: number; readonly connections: number } {
    const [handshakes, connections] = this.binding.counts();
    return { handshakes, connections };
  }

  /** @throws when OpenSSL refuses a certificate, a key or the ciphers; the message says which */
  createContext(settings: NativeSettings): NativeContext {
    return new LoadedContext(this.binding, settings);
  }

  /** @throws with the code of the system error (EADDRINUSE, EACCES …) when the port cannot be opened */
  listen(options: NativeListenOptions, context: NativeContext, events: NativeListenerEvents): NativeListener {
    const { binding, listeners } = this;
    const [id, port] = binding.listen(options, handleOf(context));
    listeners.set(id, events);
    return {
      port,
      setContext: (next) => binding.setContext(id, handleOf(next)),
      close: () => {
        binding.closeListener(id);
        listeners.delete(id);
      },
    };
  }

  private accept(listener: number, peer: { id: number; address: string; port: number }): boolean {
    const events = this.listeners.get(listener);
    if (events === undefined) return false;
    const socket = new NativeSocket(this.binding, peer);
    if (!events.onAccept(socket)) return false;
    const slot = peer.id & SLOT_MASK;
    this.sockets[slot] = { socket, events, isHandedOut: false };
    socket.once('close', () => {
      if (this.sockets[slot]?.socket === socket) this.sockets[slot] = null;
    });
    return true;
  }

  private dispatch(id: number, seen: Seen): void {
    const guest = this.sockets[id & SLOT_MASK];
    if (guest === undefined || guest === null || guest.socket.id !== id) return;
    if ((seen.events & nativeEvent.plain) !== 0) return handOver(guest, seen.length);
    const bytes = seen.length === 0 ? null : this.plain.subarray(0, seen.length);
    if (!guest.isHandedOut) {
      if ((seen.events & nativeEvent.failed) !== 0) return turnAway(guest, seen.why ?? '');
      if ((seen.events & (nativeEvent.secured | nativeEvent.early)) === 0) return;
      guest.isHandedOut = true;
      guest.socket.isEarly = (seen.events & nativeEvent.early) !== 0;
      void guest.socket.secureFacts;
      guest.events.onSecure(guest.socket);
    }
    guest.socket.handle(seen.events, bytes, seen.why);
  }
}

interface Guest {
  readonly socket: NativeSocket;
  readonly events: NativeListenerEvents;
  isHandedOut: boolean;
}

interface Seen {
  readonly events: number;
  readonly length: number;
  readonly why: string | null;
}

function turnAway({ socket, events }: Guest, reason: string): void {
  if (reason !== '') events.onHandshakeError(new Error(reason), socket);
  socket.closed();
}

/** The connection lives on as a plain socket; whoever counts it waits for its close as for any other. */
function handOver({ socket, events }: Guest, fd: number): void {
  const plain = new Socket({ fd, readable: true, writable: true, allowHalfOpen: true });
  plain.once('close', () => socket.closed());
  events.onPlain(plain, socket);
}

function handleOf(context: NativeContext): NativeContextHandle {
  if (context instanceof LoadedContext) return context.handle;
  throw new TypeError('not a context of this engine');
}
