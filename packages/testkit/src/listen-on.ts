import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** @returns where the server listens, once it does; rejects when it cannot */
export async function listenOn(server: Server, address = '127.0.0.1', port = 0): Promise<AddressInfo> {
  server.listen(port, address);
  await once(server, 'listening');
  return server.address() as AddressInfo;
}
