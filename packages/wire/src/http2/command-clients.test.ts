import { execFile, spawnSync } from 'node:child_process';
import net from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequestHead } from '../message.ts';
import { Http2ServerConnection } from './server-connection.ts';

const run = promisify(execFile);
const has = (command: string): boolean => spawnSync(command, ['--version']).status === 0;

const small = Buffer.from('small answer\n');
const large = Buffer.alloc(1_000_000, 'large');
const errors: string[] = [];
let server: net.Server;
let base = '';

/** The owner that a listener would be: one flush per turn of the loop, no more than the socket takes. */
function serve(socket: net.Socket): void {
  const heads = new Map<number, RequestHead>();
  let isFlushing = false;
  const flush = (): void => {
    isFlushing = false;
    while (socket.writableLength < 64 * 1024) {
      const chunk = connection.takeOutput();
      if (chunk === null) return;
      socket.write(chunk, () => connection.recycle(chunk));
    }
  };
  const answer = (id: number): void => {
    const body = heads.get(id)!.target === '/large' ? large : small;
    heads.delete(id);
    const fields = 'Content-Type: text/plain\r\nServer: test\r\n';
    connection.respond(id, { status: 200, fields, contentLength: body.length }, false);
    connection.sendBody(id, body, 0, body.length);
    connection.endBody(id, '');
  };
  const connection: Http2ServerConnection = new Http2ServerConnection({
    nowMs: () => performance.now(),
    events: {
      onRequest: (id, head, endStream) => {
        heads.set(id, head);
        if (endStream) answer(id);
      },
      onRequestBody: (id, _bytes, start, end) => connection.release(id, end - start),
      onRequestEnd: answer,
      onRequestReset: (id, code) => void errors.push(`reset ${id} ${code}`),
      onRequestProblem: (id, { status }) =>
        connection.respond(id, { status, fields: '', contentLength: 0 }, true),
      onStreamWritable: () => {},
      onConnectionError: (code, reason) => void errors.push(`${code} ${reason}`),
      onOutput: () => {
        if (!isFlushing) setImmediate(flush);
        isFlushing = true;
      },
      onDrained: () => {},
    },
  });
  connection.start();
  socket.on('data', (bytes: Buffer) => connection.receive(bytes, 0, bytes.length));
  socket.on('drain', flush);
  socket.on('error', () => {});
}

beforeAll(async () => {
  server = net.createServer({ noDelay: true }, serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
});
afterAll(() => server.close());

describe('clients of the command line, with prior knowledge', () => {
  it.skipIf(!has('curl'))('curl downloads, uploads and is refused', { timeout: 20_000 }, async () => {
    const curl = async (...args: string[]): Promise<string> => {
      const common = [
        '-s',
        '--http2-prior-knowledge',
        '-o',
        '/dev/null',
        '-w',
        '%{http_version} %{http_code} %{size_download}',
      ];
      return (await run('curl', [...common, ...args])).stdout;
    };
    expect(await curl(`${base}/`)).toBe('2 200 13');
    expect(await curl(`${base}/large`)).toBe('2 200 1000000');
    expect(await curl('-d', 'x'.repeat(100_000), `${base}/`)).toBe('2 200 13');
    expect(await curl('-I', `${base}/`)).toBe('2 200 0');
    expect(await curl('-X', 'TRACE', `${base}/`)).toBe('2 405 0');
    expect(await curl(`${base}/${'a'.repeat(17_000)}`)).toBe('2 414 0');
    // It sends no more than 64 KiB itself, but every field counts for 32 bytes more (RFC 9113 §6.5.2).
    const many = Array.from({ length: 900 }, (_, at) => ['-H', `x-${at}: ${'a'.repeat(40)}`]);
    expect(await curl(...many.flat(), `${base}/`)).toBe('2 400 0');
  });

  it.skipIf(!has('nghttp'))('nghttp reads several answers', { timeout: 20_000 }, async () => {
    const { stdout } = await run('nghttp', ['-nv', `${base}/`, `${base}/large`]);
    expect(stdout.match(/:status: 200/g)).toHaveLength(2);
    expect(stdout).not.toMatch(/RST_STREAM|error_code=(?!NO_ERROR)/);
  });

  it.skipIf(!has('h2load'))('h2load loses nothing', { timeout: 30_000 }, async () => {
    const { stdout } = await run('h2load', ['-c4', '-m16', '-n4000', `${base}/`]);
    expect(stdout).toContain('4000 succeeded, 0 failed');
    const bodies = await run('h2load', ['-c4', '-m16', '-n100', `${base}/large`]);
    expect(bodies.stdout).toContain('100 succeeded, 0 failed');
    expect(errors).toEqual([]);
  });
});
