import { Socket } from 'node:net';
import { handshakeLimits } from './handshake-gate.ts';
import {
  loadNativeBinding,
  type NativeBinding,
  type NativeListenOptions,
  nativeEvent,
} from './native-binding.ts';
import type { NativeSettings } from './native-context.ts';
import { FACT_WORDS, NativeFacts } from './native-facts.ts';
import { NativeIdentities } from './native-identities.ts';
import { kindOf, LoadedContext, type NativeContext } from './native-loaded-context.ts';
import { type NativeHost, NativeSocket } from './native-socket.ts';

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
const MOST_PROVEN_KINDS = 4096;
const HANDSHAKE_MS = 10_000;

/** Whether this machine has the native engine, and if not, why. */
export function nativeCapability(): NativeCapability {
  const { binding, reason } = loadNativeBinding();
  return { available: binding !== null, reason };
}

/** The native engine of one thread: it listens, accepts, speaks TLS, and hands out sockets. */
export class NativeEngine implements NativeHost {
  readonly binding: NativeBinding;
  private readonly plain = Buffer.allocUnsafeSlow(PLAIN_BYTES);
  private readonly factWords = new Uint32Array(FACT_WORDS);
  private readonly identities: NativeIdentities;
  /** Kinds of settings that OpenSSL has taken. */
  private readonly provenKinds = new Set<string>();
  private readonly listeners = new Map<number, OpenListener>();
  private readonly sockets: (Guest | null)[] = [];

  /**
   * Starts the engine of this thread; there is one.
   * @throws with the reason when the engine is not available, or runs in this thread already
   */
  constructor(options: NativeEngineOptions) {
    const { binding, reason } = loadNativeBinding();
    if (binding === null) throw new Error(reason);
    this.binding = binding;
    this.identities = new NativeIdentities(binding);
    binding.start({
      plain: this.plain,
      facts: this.factWords,
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

  /**
   * Reads the certificates, and makes what OpenSSL needs where it was not shown to take settings like these; else that
   * waits for the first client, so that a thousand listeners are open soon.
   * @throws when OpenSSL refuses a certificate, a key or the ciphers; the message says which
   */
  createContext(settings: NativeSettings): NativeContext {
    const context = new LoadedContext(this.binding, settings, this.identities);
    const kind = kindOf(settings);
    if (kind !== null && this.provenKinds.has(kind)) return context;
    void context.handle;
    if (this.provenKinds.size >= MOST_PROVEN_KINDS) this.provenKinds.clear();
    if (kind !== null) this.provenKinds.add(kind);
    return context;
  }

  /** @throws with the code of the system error (EADDRINUSE, EACCES …) when the port cannot be opened */
  listen(options: NativeListenOptions, context: NativeContext, events: NativeListenerEvents): NativeListener {
    const { binding, listeners } = this;
    const first = loadedContext(context);
    const [id, port] = binding.listen(options, first.isMade ? first.handle : null);
    const listener: OpenListener = { events, pending: first.isMade ? null : first };
    listeners.set(id, listener);
    return {
      port,
      setContext: (next) => {
        const loaded = loadedContext(next);
        // Where clients have been, some may be on their way into a handshake: that needs settings now.
        const isAwaited = listener.pending === null;
        listener.pending = isAwaited ? null : loaded;
        if (isAwaited) binding.setContext(id, loaded.handle);
      },
      close: () => {
        binding.closeListener(id);
        listeners.delete(id);
      },
    };
  }

  private accept(listener: number, peer: { id: number; address: string; port: number }): boolean {
    const open = this.listeners.get(listener);
    if (open === undefined) return false;
    const { events } = open;
    const socket = new NativeSocket(this, peer);
    if (!events.onAccept(socket)) return false;
    if (open.pending !== null && !this.makePending(listener, open, socket)) {
      socket.closed();
      return false;
    }
    this.sockets[peer.id & SLOT_MASK] = { socket, events, isHandedOut: false };
    return true;
  }

  left(socket: NativeSocket): void {
    const slot = socket.id & SLOT_MASK;
    if (this.sockets[slot]?.socket === socket) this.sockets[slot] = null;
  }

  /** @returns false when OpenSSL does not take the settings, against all expectation */
  private makePending(id: number, listener: OpenListener, socket: NativeSocket): boolean {
    try {
      this.binding.setContext(id, listener.pending!.handle);
      listener.pending = null;
      return true;
    } catch (error) {
      listener.events.onHandshakeError(error as Error, socket);
      return false;
    }
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
      guest.socket.secureFacts = new NativeFacts(this.binding, this.factWords, id);
      guest.events.onSecure(guest.socket);
    }
    guest.socket.handle(seen.events, bytes, seen.why);
  }
}

interface OpenListener {
  readonly events: NativeListenerEvents;
  /** Settings that wait for the first client; null once the addon has them. */
  pending: LoadedContext | null;
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

function loadedContext(context: NativeContext): LoadedContext {
  if (context instanceof LoadedContext) return context;
  throw new TypeError('not a context of this engine');
}
