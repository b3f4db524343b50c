import type { Framing, RequestHead } from '../message.ts';

/** What is said about the connection: nothing, that it ends, or that this is the WebSocket handshake. */
export type ConnectionUse = 'keep-alive' | 'close' | 'upgrade';

/** Every string is latin1 that passed a decoder or was checked where it was made; nothing is escaped here. */
export interface RequestToEncode {
  readonly method: string;
  /** Origin-form or `*`. */
  readonly target: string;
  readonly authority: string;
  /** Block of lines, as in `RequestHead.fields`. */
  readonly fields: string;
  readonly framing: RequestHead['framing'];
  /** Bytes of the body when `framing` is `length`. */
  readonly contentLength: number;
  readonly connection: ConnectionUse;
  /** Asks the member for `100 Continue` first. */
  readonly expectContinue?: boolean;
}

export interface ResponseToEncode {
  readonly status: number;
  readonly reason: string;
  readonly fields: string;
  readonly framing: Framing;
  /** Bytes, or -1. With framing `none` (HEAD, 304) it is what a GET would have had. */
  readonly contentLength: number;
  readonly connection: ConnectionUse;
  /** Of the request: the status line always says HTTP/1.1, but a 1.0 client has to be told of keep-alive. */
  readonly version: '1.0' | '1.1';
}

/** The head of a request to a member. Host comes first (RFC 9110 §7.2), and framing is written anew. */
export function encodeRequestHead(request: RequestToEncode): string {
  let head = `${request.method} ${request.target} HTTP/1.1\r\nHost: ${request.authority}\r\n`;
  if (request.connection !== 'keep-alive') head += connectionLines(request.connection);
  if (request.framing === 'length') head += `Content-Length: ${request.contentLength}\r\n`;
  else if (request.framing === 'chunked') head += 'Transfer-Encoding: chunked\r\n';
  if (request.expectContinue === true) head += 'Expect: 100-continue\r\n';
  return `${head}${request.fields}\r\n`;
}

/** The head of an answer to a client. With framing `close` the connection has to be `close` too. */
export function encodeResponseHead(response: ResponseToEncode): string {
  const { status, framing, contentLength, connection } = response;
  let head = `HTTP/1.1 ${status} ${response.reason}\r\n`;
  if (connection !== 'keep-alive') head += connectionLines(connection);
  else if (response.version === '1.0') head += 'Connection: keep-alive\r\n';
  if (framing === 'chunked') head += 'Transfer-Encoding: chunked\r\n';
  else if (framing === 'length' || (contentLength >= 0 && mayDeclareLength(status))) {
    head += `Content-Length: ${contentLength}\r\n`;
  }
  return `${head}${response.fields}\r\n`;
}

function connectionLines(connection: 'close' | 'upgrade'): string {
  return connection === 'close' ? 'Connection: close\r\n' : 'Connection: upgrade\r\nUpgrade: websocket\r\n';
}

/** RFC 9110 §8.6: no Content-Length in 1xx and 204. */
function mayDeclareLength(status: number): boolean {
  return status >= 200 && status !== 204;
}
