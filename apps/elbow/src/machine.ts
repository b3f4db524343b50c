import { availableParallelism, networkInterfaces } from 'node:os';
import type { MachineFacts } from './settings.ts';

/** Cores that workers can use and the addresses a listener can stand on besides loopback. */
export function machineFacts(): MachineFacts {
  const addresses = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter(({ internal, address }) => !internal && !isLinkLocal(address))
    .map(({ address }) => address);
  // Elsewhere than on Linux workers cannot share a port, so there is one.
  const cores = process.platform === 'linux' ? availableParallelism() : 1;
  return { cores, addresses: [...new Set(addresses)] };
}

function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.') || /^fe[89ab]/i.test(address);
}
