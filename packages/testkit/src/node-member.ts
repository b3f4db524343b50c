import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';
import { freeAddress } from './addresses.ts';
import { listenOn } from './listen-on.ts';

export interface NodeMember {
  readonly address: string;
  readonly port: number;
  readonly server: Server;
  stop(): Promise<void>;
}

export type UpgradeListener = (request: IncomingMessage, socket: Socket, head: Buffer) => void;

/** A member on Node's own HTTP server, for answers that take their time: streams, tunnels, readers that pause. */
export async function nodeMember(
  onRequest: RequestListener,
  onUpgrade?: UpgradeListener,
): Promise<NodeMember> {
  const server = createServer(onRequest);
  const tunnels = new Set<Socket>();
  if (onUpgrade !== undefined) {
    server.on('upgrade', (request, socket: Socket, head) => {
      tunnels.add(socket);
      socket.on('error', () => {}); // resets are part of a test
      socket.on('close', () => tunnels.delete(socket));
      onUpgrade(request, socket, head);
    });
  }
  const { address, port } = await listenOn(server, freeAddress());
  const stop = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    for (const socket of tunnels) socket.destroy();
    await closed;
  };
  return { address, port, server, stop };
}
