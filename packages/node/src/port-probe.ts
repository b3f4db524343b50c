import { createServer } from 'node:net';
import type { ListenOptions } from 'node:net';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/**
 * Tries to open VIP:port alone, without port sharing, and closes it again. Sharing would hide a conflict: a second
 * program that shares too would silently take half of the connections.
 *
 * @returns null when the port is free for us, else the reason in words.
 */
export function probePort(endpoint: Endpoint): Promise<string | null> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(reasonOf(error, endpoint)));
    server.listen(listenOptions(endpoint), () => server.close(() => resolve(null)));
  });
}

function listenOptions({ address, port }: Endpoint): ListenOptions {
  // Without ipv6Only `::` would take the IPv4 port as well and collide with a listener on 0.0.0.0.
  return { host: address, port, exclusive: true, ipv6Only: address.includes(':'), backlog: 1 };
}

function reasonOf(error: NodeJS.ErrnoException, { address, port }: Endpoint): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `port ${port} of ${address} is already in use by another program`;
    case 'EACCES':
      return `this node may not open port ${port}: ports below 1024 need root, CAP_NET_BIND_SERVICE or net.ipv4.ip_unprivileged_port_start`;
    case 'EADDRNOTAVAIL':
      return `the address ${address} is not one of this machine's`;
    default:
      return `port ${port} of ${address} cannot be opened: ${error.message}`;
  }
}

/**
 * Whether opening `asked` would meet a socket of `held`: the same port on the same address, or on a wildcard
 * address of the same family. Such a port is ours already, and a probe would only find ourselves.
 */
export function overlaps(asked: Endpoint, held: Endpoint): boolean {
  if (asked.port !== held.port || asked.address.includes(':') !== held.address.includes(':')) return false;
  return asked.address === held.address || isWildcard(asked.address) || isWildcard(held.address);
}

function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}
