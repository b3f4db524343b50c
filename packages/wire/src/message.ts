/**
 * The two shapes that every codec of this room speaks, whatever the HTTP version on the wire.
 *
 * Header fields travel as one latin1 block of lines (`name: value\r\n…`) and not as an object: most requests
 * pass through with their fields untouched, and slicing a block costs nothing per field. What the proxy has to
 * know about a message is said beside the block.
 */

/** How the length of a body is known. `close` is for answers of members only: the body ends with the connection. */
export type Framing = 'none' | 'length' | 'chunked' | 'close';

/**
 * Fields that some rule may have to replace, remove or read. The codec notes which of them a message carries, so
 * that editing a block which holds none of them costs one bit test instead of a scan.
 */
export const Field = {
  xForwardedFor: 1 << 0,
  xForwardedHost: 1 << 1,
  xForwardedProto: 1 << 2,
  xForwardedPort: 1 << 3,
  xForwardedForPort: 1 << 4,
  xForwardedElbIp: 1 << 5,
  xForwardedElbId: 1 << 6,
  xRealIp: 1 << 7,
  cookie: 1 << 8,
  userAgent: 1 << 9,
  referer: 1 << 10,
  acceptEncoding: 1 << 11,
  authorization: 1 << 12,
  earlyData: 1 << 13,
  origin: 1 << 14,
  range: 1 << 15,
  /** Any other `x-forwarded-…` name (client certificate and TLS facts): always scanned for when a rule owns one. */
  xForwardedOther: 1 << 16,
  // Answers
  contentEncoding: 1 << 17,
  contentType: 1 << 18,
  cacheControl: 1 << 19,
  etag: 1 << 20,
  vary: 1 << 21,
  setCookie: 1 << 22,
  acceptRanges: 1 << 23,
  date: 1 << 24,
  server: 1 << 25,
} as const;

export interface RequestHead {
  /** The method token, case kept (methods are case-sensitive, RFC 9110 §9.1). */
  readonly method: string;
  /** What goes on the request line towards a member: origin-form (`/path?query`) or `*`; never absolute-form. */
  readonly target: string;
  /** Host of the request as the client wrote it (RFC 9112 §3.2: absolute-form wins over Host); `''` when HTTP/1.0 named none. */
  readonly authority: string;
  readonly version: '1.0' | '1.1' | '2';
  /**
   * End-to-end fields, one `name: value\r\n` line each, latin1. Gone from it: Host, hop-by-hop fields (Connection
   * and whatever it names, Keep-Alive, Proxy-Connection, Proxy-Authorization, TE, Upgrade), Transfer-Encoding,
   * Content-Length, Expect and Trailer. The proxy writes those anew.
   */
  readonly fields: string;
  /** Bit set of {@link Field}: which of them occur in `fields`. */
  readonly present: number;
  readonly framing: 'none' | 'length' | 'chunked';
  /** Bytes of the body when `framing` is `length`, else 0. HTTP/2 with content-length says `length`; without, `chunked`. */
  readonly contentLength: number;
  /** Whether the client allows the connection to be used again after this exchange. Always true for HTTP/2. */
  readonly keepAlive: boolean;
  /** The client waits for `100 Continue` before it sends the body. */
  readonly expectContinue: boolean;
  /** True for a well-formed WebSocket upgrade (GET, HTTP/1.1, `Connection: upgrade`, `Upgrade: websocket`). */
  readonly upgradeWebSocket: boolean;
  /** True when the client sent `TE: trailers` (passed on to gRPC members only). */
  readonly acceptsTrailers: boolean;
  /** Bytes of the head as received, for limits and logs. */
  readonly headBytes: number;
}

export interface ResponseHead {
  readonly status: number;
  /** Reason phrase, only for HTTP/1.1; may be empty. */
  readonly reason: string;
  /** End-to-end fields as in {@link RequestHead.fields}; hop-by-hop, Transfer-Encoding and Content-Length are gone. */
  readonly fields: string;
  readonly present: number;
  readonly framing: Framing;
  /**
   * The declared length in bytes, or -1 when none was declared. For answers to HEAD and for 304 the framing is
   * `none` and this still holds what the member declared, because that is what the client asked to know.
   */
  readonly contentLength: number;
  /** Whether the member allows its connection to be used again. */
  readonly keepAlive: boolean;
  /** True for `101` with `Upgrade: websocket`. */
  readonly upgradeWebSocket: boolean;
  /** Seconds of a member's `Keep-Alive: timeout=n`, or -1. */
  readonly keepAliveTimeout: number;
}

/** Why bytes were refused: the status that the page for it carries, and one sentence for the log. */
export interface WireProblem {
  readonly status: 400 | 405 | 408 | 413 | 414 | 417 | 501 | 505 | 502;
  readonly reason: string;
}

/** Limits of the product (64 KiB head, 10 GiB body as the cloud has them; docs/reference/limits.md). All in bytes but `fields`. */
export interface WireLimits {
  readonly headBytes: number;
  readonly requestLineBytes: number;
  readonly fields: number;
  readonly bodyBytes: number;
}

export const defaultLimits: WireLimits = {
  headBytes: 64 * 1024,
  requestLineBytes: 16 * 1024,
  fields: 1000,
  bodyBytes: 10 * 1024 ** 3,
};

/** What a request decoder tells its owner, in this order: head, body*, end; or a problem, which is final. */
export interface RequestEvents {
  onRequestHead(head: RequestHead): void;
  /** `bytes[start, end)` is body payload, valid only during the call. */
  onRequestBody(bytes: Buffer, start: number, end: number): void;
  onRequestEnd(): void;
  onRequestProblem(problem: WireProblem): void;
}

/** What a response decoder tells its owner: informational*, head, body*, end; or a problem, which is final. */
export interface ResponseEvents {
  /** A 1xx other than 101. */
  onInformational(head: ResponseHead): void;
  onResponseHead(head: ResponseHead): void;
  onResponseBody(bytes: Buffer, start: number, end: number): void;
  /** `trailers` is a block of lines as in `fields`, `''` when there were none. */
  onResponseEnd(trailers: string): void;
  onResponseProblem(problem: WireProblem): void;
}
