import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { freeAddress } from './addresses.ts';
import { echo } from './echo.ts';
import { listenOn } from './listen-on.ts';
import { MessageReader, framingOf } from './message-reader.ts';
import type { HeaderField, MessageHead } from './message-reader.ts';
import { play } from './reply.ts';
import type { Reply } from './reply.ts';
import { Waiters } from './waiters.ts';

/** Bytes of a body that are kept; beyond it only counted and hashed. */
const KEPT_BODY_BYTES = 256 * 1024;

/** One request as the member saw it. It grows while the request arrives. */
export interface SeenRequest {
  /** Which connection to this member brought it, counted from 1. */
  readonly connection: number;
  readonly peer: string;
  readonly method: string;
  readonly target: string;
  readonly version: string;
  readonly headers: readonly HeaderField[];
  /** Request line, fields and empty line byte for byte, as latin1. */
  readonly rawHead: string;
  readonly framing: 'none' | 'length' | 'chunked';
  /** The first 256 KiB of the body. */
  readonly body: Buffer;
  readonly bodyBytes: number;
  readonly bodySha256: string;
  /** `aborted`: the connection ended before the request or its answer was complete. */
  readonly state: 'arriving' | 'arrived' | 'answered' | 'aborted';
}

export interface BackendOptions {
  /** Shown in `X-Member` and the echo; default `member-<n>`. */
  readonly name?: string;
  readonly address?: string;
  readonly port?: number;
  /** Default: {@link echo}. May be replaced at any time by {@link ScriptedBackend.script}. */
  readonly script?: Script;
  /** Asks the script as soon as the head is there instead of after the body. */
  readonly answersEarly?: boolean;
}

export type Script = (request: SeenRequest) => Reply | Promise<Reply>;

let made = 0;

/** A member on loopback that does what its script says and remembers everything it received. */
export async function scriptedBackend(options: BackendOptions = {}): Promise<ScriptedBackend> {
  made += 1;
  const backend = new ScriptedBackend({ ...options, name: options.name ?? `member-${made}` });
  await backend.listen(options.address ?? freeAddress(), options.port ?? 0);
  return backend;
}

export class ScriptedBackend {
  readonly name: string;
  readonly requests: SeenRequest[] = [];
  /** Connections accepted since the start. */
  connectionsMade = 0;
  script: Script;
  private readonly answersEarly: boolean;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly waiters = new Waiters();
  private bound: AddressInfo | undefined;

  constructor(options: BackendOptions & { readonly name: string }) {
    this.name = options.name;
    this.script = options.script ?? ((request) => echo(request, this.name));
    this.answersEarly = options.answersEarly ?? false;
    // Head and body are written apart: with Nagle's algorithm each answer would wait 40 ms for an acknowledgement.
    this.server = createServer({ noDelay: true }, (socket) => this.accept(socket));
  }

  get address(): string {
    return this.where().address;
  }

  get port(): number {
    return this.where().port;
  }

  get openConnections(): number {
    return this.sockets.size;
  }

  async listen(address: string, port: number): Promise<void> {
    this.bound = await listenOn(this.server, address, port);
  }

  /** Resolves once `holds`, looked at whenever a connection or request changes; at most 10 s. */
  until(holds: () => boolean, what: string, timeoutMs = 10_000): Promise<void> {
    return this.waiters.until(holds, timeoutMs, () => `${this.name}: ${what}; saw ${this.summary()}`);
  }

  /** Forgets what it has seen, so that a test counts from zero. */
  forget(): void {
    this.requests.length = 0;
  }

  /** Refuses new connections and resets the open ones; the port stays this member's for {@link reopen}. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.resetAndDestroy();
    await closed;
  }

  reopen(): Promise<void> {
    return this.listen(this.address, this.port);
  }

  private where(): AddressInfo {
    if (this.bound === undefined) throw new Error(`${this.name} does not listen yet`);
    return this.bound;
  }

  private summary(): string {
    return (
      this.requests.map(({ method, target, state }) => `${method} ${target} ${state}`).join(', ') || 'nothing'
    );
  }

  private accept(socket: Socket): void {
    this.connectionsMade += 1;
    this.sockets.add(socket);
    const connection = new BackendConnection(socket, this.connectionsMade, {
      reply: (request) => this.script(request),
      seen: (request) => this.requests.push(request),
      changed: () => this.waiters.changed(),
      answersEarly: this.answersEarly,
    });
    socket.on('data', (bytes) => connection.receive(bytes));
    socket.on('error', () => {}); // resets are part of the script
    socket.on('close', () => {
      this.sockets.delete(socket);
      connection.closed();
      this.waiters.changed();
    });
    this.waiters.changed();
  }
}

interface BackendHooks {
  readonly reply: Script;
  readonly seen: (request: SeenRequest) => void;
  readonly changed: () => void;
  readonly answersEarly: boolean;
}

/** Requests of one connection, answered in the order in which they came. */
class BackendConnection {
  private readonly socket: Socket;
  private readonly number: number;
  private readonly hooks: BackendHooks;
  private readonly reader: MessageReader;
  private arriving: ArrivingRequest | undefined;
  private answers: Promise<boolean> = Promise.resolve(true);
  private readonly open = new Set<ArrivingRequest>();

  constructor(socket: Socket, number: number, hooks: BackendHooks) {
    this.socket = socket;
    this.number = number;
    this.hooks = hooks;
    this.reader = new MessageReader({
      onHead: (head) => this.begin(head),
      onBody: (bytes) => this.arriving?.add(bytes),
      onEnd: () => this.end(),
    });
  }

  receive(bytes: Buffer): void {
    this.reader.feed(bytes);
    this.hooks.changed();
  }

  closed(): void {
    for (const request of this.open) request.state = 'aborted';
  }

  private begin(head: MessageHead): ReturnType<typeof framingOf> {
    const framing = framingOf(head, 'none');
    const facts = {
      connection: this.number,
      peer: this.socket.remoteAddress ?? '',
      head,
      framing: framing.kind,
    };
    const request = new ArrivingRequest(facts);
    this.arriving = request;
    this.open.add(request);
    this.hooks.seen(request);
    if (this.hooks.answersEarly) this.answer(request);
    return framing;
  }

  private end(): void {
    const request = this.arriving;
    if (request === undefined) return;
    if (request.state === 'arriving') request.state = 'arrived';
    if (!this.hooks.answersEarly) this.answer(request);
  }

  private answer(request: ArrivingRequest): void {
    this.answers = this.answers.then(async (isOpen) => {
      if (!isOpen) return false;
      const isKept = await play(await this.hooks.reply(request), this.socket, request.method);
      if (isKept && request.state !== 'aborted') {
        request.state = 'answered';
        this.open.delete(request);
      }
      this.hooks.changed();
      return isKept;
    });
  }
}

interface RequestFacts {
  readonly connection: number;
  readonly peer: string;
  readonly head: MessageHead;
  readonly framing: string;
}

class ArrivingRequest implements SeenRequest {
  readonly connection: number;
  readonly peer: string;
  readonly method: string;
  readonly target: string;
  readonly version: string;
  readonly headers: readonly HeaderField[];
  readonly rawHead: string;
  readonly framing: SeenRequest['framing'];
  state: SeenRequest['state'] = 'arriving';
  bodyBytes = 0;
  private kept: Buffer[] = [];
  private keptBytes = 0;
  private readonly hash = createHash('sha256');

  constructor({ connection, peer, head, framing }: RequestFacts) {
    const [method = '', target = '', version = ''] = head.startLine.split(' ');
    this.connection = connection;
    this.peer = peer;
    this.method = method;
    this.target = target;
    this.version = version;
    this.headers = head.headers;
    this.rawHead = head.raw;
    this.framing = framing as SeenRequest['framing'];
  }

  get body(): Buffer {
    return Buffer.concat(this.kept);
  }

  add(bytes: Buffer): void {
    this.bodyBytes += bytes.length;
    this.hash.update(bytes);
    const room = KEPT_BODY_BYTES - this.keptBytes;
    if (room <= 0) return;
    const part = Buffer.from(bytes.subarray(0, room));
    this.kept.push(part);
    this.keptBytes += part.length;
  }

  get bodySha256(): string {
    return this.hash.copy().digest('hex');
  }
}
