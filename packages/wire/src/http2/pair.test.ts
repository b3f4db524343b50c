import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Http2ClientConnection } from './client-connection.ts';
import { Http2ServerConnection } from './server-connection.ts';

/** More in the long form of the test run. */
const runs = Math.min(Number(process.env['ELBOW_FUZZ_RUNS'] ?? 60), 20_000);

interface Exchange {
  /** Sizes of the pieces in which the body is sent there, and by the server back. */
  readonly upload: readonly number[];
  readonly download: readonly number[];
  readonly trailers: boolean;
}

/** What is still to be sent of a body, and whether its sender was asked to pause. */
class Source {
  readonly whole: Buffer;
  #at = 0;
  #pieces: number[];
  isPaused = false;
  isDone = false;

  constructor(pieces: readonly number[], seed: number) {
    this.#pieces = [...pieces];
    this.whole = Buffer.alloc(pieces.reduce((sum, piece) => sum + piece, 0));
    for (let i = 0; i < this.whole.length; i++) this.whole[i] = (i * 7 + seed) & 0xff;
  }

  /** Sends one piece from a buffer that is spoiled at once: whatever waits must have been copied. */
  step(send: (bytes: Buffer, start: number, end: number) => boolean, end: () => void): void {
    if (this.isPaused || this.isDone) return;
    const length = this.#pieces.shift();
    if (length === undefined) {
      this.isDone = true;
      end();
      return;
    }
    const bytes = Buffer.from(this.whole.subarray(this.#at, this.#at + length));
    this.#at += length;
    this.isPaused = !send(bytes, 0, length);
    bytes.fill(0xee);
  }
}

/** Both codecs on each other, in steps whose order is drawn. */
class Conversation {
  readonly uploads = new Map<number, Source>();
  readonly downloads = new Map<number, Source>();
  readonly atServer = new Map<number, Buffer[]>();
  readonly atClient = new Map<number, Buffer[]>();
  readonly trailers = new Map<number, string>();
  readonly owed: (() => void)[] = [];
  readonly client: Http2ClientConnection;
  readonly server: Http2ServerConnection;
  readonly exchanges: readonly Exchange[];

  constructor(exchanges: readonly Exchange[]) {
    this.exchanges = exchanges;
    const unexpected = (code: number, reason: string): never => expect.unreachable(`${code} ${reason}`);
    this.client = new Http2ClientConnection({
      nowMs: () => 0,
      settings: { connectionWindowBytes: 100_000 },
      events: {
        onOutput: () => {},
        onStreamWritable: (id) => void (this.uploads.get(id)!.isPaused = false),
        onConnectionError: unexpected,
        onGoaway: () => {},
        onDrained: () => {},
      },
    });
    this.server = new Http2ServerConnection({
      nowMs: () => 0,
      settings: { connectionWindowBytes: 100_000 },
      events: {
        onOutput: () => {},
        onStreamWritable: (id) => void (this.downloads.get(id)!.isPaused = false),
        onConnectionError: unexpected,
        onDrained: () => {},
        onRequest: (id, _head, endStream) => {
          this.atServer.set(id, []);
          this.server.respond(id, { status: 200, fields: 'X-Pair: yes\r\n', contentLength: -1 }, false);
          if (endStream) this.#answer(id);
        },
        onRequestBody: (id, bytes, start, end) => {
          this.atServer.get(id)!.push(Buffer.from(bytes.subarray(start, end)));
          this.owed.push(() => this.server.release(id, end - start));
        },
        onRequestEnd: (id) => this.#answer(id),
        onRequestReset: (id, code) => expect.unreachable(`${id} ${code}`),
        onRequestProblem: (id) => expect.unreachable(`${id}`),
      },
    });
    this.client.start();
    this.server.start();
    for (const exchange of exchanges) this.#open(exchange);
  }

  #answer(id: number): void {
    this.downloads.set(id, new Source(this.exchanges[(id - 1) / 2]!.download, id));
  }

  #open(exchange: Exchange): void {
    const id = this.client.request(
      {
        method: 'POST',
        scheme: 'http',
        authority: 'h',
        path: '/',
        fields: '',
        contentLength: -1,
        acceptsTrailers: true,
      },
      false,
      {
        onInformational: () => {},
        onResponseHead: () => {},
        onResponseBody: (bytes, start, end) => {
          this.atClient.get(id)!.push(Buffer.from(bytes.subarray(start, end)));
          this.owed.push(() => this.client.release(id, end - start));
        },
        onResponseEnd: (trailers) => this.trailers.set(id, trailers),
        onResponseProblem: ({ reason }) => expect.unreachable(reason),
        onResponseReset: (code) => expect.unreachable(`${code}`),
      },
    );
    this.uploads.set(id, new Source(exchange.upload, id + 100));
    this.atClient.set(id, []);
  }

  /** One step of the kind that `draw` names. */
  step(draw: number): void {
    const { client, server } = this;
    const ids = [...this.uploads.keys()];
    const id = ids[(draw >>> 6) % ids.length]!;
    const trailers = this.exchanges[(id - 1) / 2]!.trailers ? 'X-Sum: 1\r\n' : '';
    switch (draw % 5) {
      case 0:
        return this.uploads.get(id)!.step(
          (...run) => client.sendBody(id, ...run),
          () => client.endBody(id, ''),
        );
      case 1:
        return this.downloads.get(id)?.step(
          (...run) => server.sendBody(id, ...run),
          () => server.endBody(id, trailers),
        );
      case 2:
        return carry(client, server, draw);
      case 3:
        return carry(server, client, draw);
      default:
        this.owed.shift()?.();
    }
  }

  get isOver(): boolean {
    return this.client.idle && this.server.idle && this.trailers.size === this.exchanges.length;
  }
}

type Side = Pick<Http2ClientConnection, 'takeOutput' | 'recycle' | 'receive'>;

/** Takes one chunk across, in two reads. */
function carry(from: Side, to: Side, draw: number): void {
  const chunk = from.takeOutput();
  if (chunk === null) return;
  const cut = draw % (chunk.length + 1);
  to.receive(chunk, 0, cut);
  to.receive(chunk, cut, chunk.length);
  from.recycle(chunk);
}

describe('client and server on each other', () => {
  const sizes = fc.array(fc.oneof(fc.nat(300), fc.nat(40_000)), { maxLength: 8 });
  const exchange = fc.record({ upload: sizes, download: sizes, trailers: fc.boolean() });

  it('bring every body across whole, in whatever order things happen', {
    timeout: 10_000 + 20 * runs,
  }, () => {
    fc.assert(
      fc.property(fc.array(exchange, { minLength: 1, maxLength: 6 }), fc.nat(), (exchanges, seed) => {
        const conversation = new Conversation(exchanges);
        let state = seed | 1;
        for (let steps = 0; !conversation.isOver; steps++) {
          state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
          conversation.step(state >>> 8);
          if (steps > 50_000) expect.unreachable('stuck');
        }
        for (const [id, source] of conversation.uploads) {
          expect(Buffer.concat(conversation.atServer.get(id)!).equals(source.whole)).toBe(true);
          const back = Buffer.concat(conversation.atClient.get(id)!);
          expect(back.equals(conversation.downloads.get(id)!.whole)).toBe(true);
          const { trailers } = exchanges[(id - 1) / 2]!;
          expect(conversation.trailers.get(id)).toBe(trailers ? 'x-sum: 1\r\n' : '');
        }
      }),
      { numRuns: runs },
    );
  });
});
