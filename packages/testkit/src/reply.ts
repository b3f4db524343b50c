import type { Socket } from 'node:net';
import type { HeaderField } from './message-reader.ts';

/** What a scripted member does with one request. */
export type Reply = Answer | RawReply | { readonly kind: 'silence' } | { readonly kind: 'reset' };

export interface Answer {
  readonly kind: 'answer';
  readonly status?: number;
  readonly reason?: string;
  readonly headers?: readonly HeaderField[];
  /** The bytes, or how many of a repeating pattern ({@link patternBytes}). */
  readonly body?: Buffer | string | number;
  /** How the end of the body is told; `bare` writes neither Content-Length nor Transfer-Encoding and keeps the connection. */
  readonly framing?: 'length' | 'chunked' | 'close' | 'bare';
  /** Closes the connection after the answer. */
  readonly closes?: boolean;
  readonly delayMs?: number;
}

/** Exact bytes, for answers that no decent server gives. */
export interface RawReply {
  readonly kind: 'raw';
  readonly bytes: string | Buffer;
  readonly ending?: 'keep' | 'end' | 'reset';
  readonly delayMs?: number;
}

const pattern = Buffer.from('0123456789abcdef'.repeat(4096));

/** The body that `body: length` stands for. */
export function patternBytes(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += pattern.length)
    pattern.copy(bytes, at, 0, Math.min(pattern.length, length - at));
  return bytes;
}

/** Plays a reply on the socket. @returns whether the connection may carry another request */
export async function play(reply: Reply, socket: Socket, method: string): Promise<boolean> {
  if (reply.kind === 'silence') return false;
  if (reply.kind === 'reset') {
    socket.resetAndDestroy();
    return false;
  }
  if (reply.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, reply.delayMs));
  return reply.kind === 'raw' ? playRaw(reply, socket) : playAnswer(reply, socket, method);
}

async function playRaw(reply: RawReply, socket: Socket): Promise<boolean> {
  await write(socket, typeof reply.bytes === 'string' ? Buffer.from(reply.bytes, 'latin1') : reply.bytes);
  if (reply.ending === 'end') socket.end();
  if (reply.ending === 'reset') socket.resetAndDestroy();
  return reply.ending === undefined || reply.ending === 'keep';
}

async function playAnswer(answer: Answer, socket: Socket, method: string): Promise<boolean> {
  const status = answer.status ?? 200;
  const framing = answer.framing ?? 'length';
  const body = bodyOf(answer.body);
  const hasBody = method !== 'HEAD' && status !== 204 && status !== 304;
  await write(socket, Buffer.from(headText(answer, status, body.length), 'latin1'));
  if (hasBody) await writeBody(socket, body, framing);
  const closes = answer.closes === true || framing === 'close';
  if (closes) socket.end();
  return !closes;
}

function bodyOf(body: Answer['body']): Buffer {
  if (typeof body === 'number') return patternBytes(body);
  return typeof body === 'string' ? Buffer.from(body) : (body ?? Buffer.alloc(0));
}

function headText(answer: Answer, status: number, length: number): string {
  const lines = (answer.headers ?? []).map(([name, value]) => `${name}: ${value}\r\n`);
  if (status !== 204 && (answer.framing ?? 'length') === 'length')
    lines.push(`Content-Length: ${length}\r\n`);
  if (answer.framing === 'chunked') lines.push('Transfer-Encoding: chunked\r\n');
  if (answer.closes === true || answer.framing === 'close') lines.push('Connection: close\r\n');
  return `HTTP/1.1 ${status} ${answer.reason ?? 'Scripted'}\r\n${lines.join('')}\r\n`;
}

async function writeBody(socket: Socket, body: Buffer, framing: Answer['framing']): Promise<void> {
  const step = 64 * 1024;
  for (let at = 0; at < body.length; at += step) {
    const part = body.subarray(at, at + step);
    if (framing === 'chunked') await write(socket, Buffer.from(`${part.length.toString(16)}\r\n`));
    await write(socket, part);
    if (framing === 'chunked') await write(socket, Buffer.from('\r\n'));
  }
  if (framing === 'chunked') await write(socket, Buffer.from('0\r\n\r\n'));
}

/** Waits for the reader when it is slow; gives up silently when it has gone. */
async function write(socket: Socket, bytes: Buffer): Promise<void> {
  if (!socket.writable || socket.write(bytes)) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.on('drain', done);
    socket.on('close', done);
  });
}
