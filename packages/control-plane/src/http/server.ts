import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:https';
import { randomBytes } from 'node:crypto';
import { errorToWire } from '@elbow/api';
import { problem } from '@elbow/model';
import { getRequestListener } from '@hono/node-server';
import type { EdgeEnv } from './edge-env.ts';
import { securityHeaders } from './security-headers.ts';

export interface ServerOptions {
  readonly host: string;
  readonly port: number;
  /** PEM pair for HTTPS, or null for plain HTTP. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly fetch: (request: Request, env: EdgeEnv['Bindings']) => Response | Promise<Response>;
}

export interface RunningServer {
  /** Where it really listens: a port of 0 has become one. */
  readonly address: AddressInfo;
  close(): Promise<void>;
}

/** A slow or idle client holds a connection no longer than this. */
const limits = { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 30_000 } as const;
const maxConnections = 1_000;
/** Requests that run when the server closes may finish within this time. */
const graceMs = 3_000;

/** The socket edge of the app. Rejects when the address cannot be had, with the reason of the system. */
export async function startServer({ host, port, tls, fetch }: ServerOptions): Promise<RunningServer> {
  const listener = getRequestListener(
    (request, env) => fetch(request, { incoming: env.incoming as IncomingMessage }),
    {
      overrideGlobalObjects: false,
      errorHandler: malformed,
    },
  ) as RequestListener;
  const server: Server =
    tls === null ? createServer(limits, listener) : createTlsServer({ ...limits, ...tls }, listener);
  server.maxConnections = maxConnections;
  server.on('clientError', answerBadBytes);
  await listen(server, host, port);
  return { address: server.address() as AddressInfo, close: () => close(server) };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** A request line or Host field that makes no URL never reaches the app. */
function malformed(): Response {
  const requestId = newRequestId();
  const headers = { ...Object.fromEntries(securityHeaders), 'X-Request-Id': requestId };
  const body = errorToWire(
    problem('invalidInput', 'the request line or the Host header is malformed'),
    requestId,
  );
  return Response.json(body, { status: 400, headers });
}

/** Bytes that are no HTTP at all, heads that are too large, clients that are too slow. */
function answerBadBytes(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const status = badBytesStatus[error.code ?? ''] ?? '400 Bad Request';
  const requestId = newRequestId();
  const body = JSON.stringify(
    errorToWire(problem('invalidInput', `the request is not valid HTTP/1.1 (${status})`), requestId),
  );
  const head = [
    `HTTP/1.1 ${status}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

const badBytesStatus: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

export function newRequestId(): string {
  return randomBytes(16).toString('hex');
}
