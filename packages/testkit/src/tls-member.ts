import { createServer } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { freeAddress } from './addresses.ts';
import { testAuthority } from './certificates.ts';
import { listenOn } from './listen-on.ts';
import { MessageReader, framingOf, headerOf } from './message-reader.ts';

/** A request to a member that speaks TLS, and the server name of the connection that brought it. */
export interface SeenSecureRequest {
  readonly connection: number;
  /** Null when the client hello named none. */
  readonly serverName: string | null;
  readonly version: string;
  readonly host: string | undefined;
  readonly target: string;
}

export interface TlsMember {
  readonly address: string;
  readonly port: number;
  readonly requests: SeenSecureRequest[];
  connectionsMade: number;
  stop(): Promise<void>;
}

export interface TlsMemberOptions {
  /** Names of its certificate; default one that nobody asks for. */
  readonly names?: readonly string[];
  readonly maxVersion?: 'TLSv1.2' | 'TLSv1.3';
}

/** An HTTPS member that answers 200 with the server name it was asked for. */
export async function tlsMember({
  names = ['member.internal.test'],
  maxVersion = 'TLSv1.3',
}: TlsMemberOptions = {}) {
  const { certificatePem: cert, keyPem: key } = await (await testAuthority()).issue(names);
  const sockets = new Set<TLSSocket>();
  const server = createServer({ cert, key, maxVersion, ALPNProtocols: ['http/1.1'] });
  const { address, port } = await listenOn(server, freeAddress());
  const member: TlsMember = {
    address,
    port,
    requests: [],
    connectionsMade: 0,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  server.on('tlsClientError', () => {}); // a handshake that fails is part of a test
  server.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, member);
  });
  return member;
}

function serve(socket: TLSSocket, member: TlsMember): void {
  member.connectionsMade += 1;
  const connection = member.connectionsMade;
  const serverName = typeof socket.servername === 'string' ? socket.servername : null;
  const reader = new MessageReader({
    onHead: (head) => {
      const [, target = ''] = head.startLine.split(' ');
      const version = socket.getProtocol() ?? '-';
      member.requests.push({ connection, serverName, version, host: headerOf(head, 'host'), target });
      return framingOf(head, 'none');
    },
    onBody: () => {},
    onEnd: () => {
      const body = serverName ?? 'no name';
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    },
  });
  socket.on('error', () => {});
  socket.on('data', (bytes: Buffer) => reader.feed(bytes));
}
