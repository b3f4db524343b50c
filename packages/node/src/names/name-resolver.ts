import { Resolver } from 'node:dns/promises';

/** What a name stands for, and how long that may be believed. */
export interface NameAnswer {
  /** IPv4 where there is any, else IPv6; sorted, each once. */
  readonly addresses: readonly string[];
  /** The shortest of the records, in seconds. */
  readonly ttlSeconds: number;
}

/** Looks a name up. @throws when there is no answer, or none with an address */
export type ResolveName = (name: string) => Promise<NameAnswer>;

const TRY_MS = 2000;
const TRIES = 2;

/**
 * Asks DNS itself, past the file of hosts and the thread pool that everything else of this process needs.
 * @param servers `ADDRESS` or `ADDRESS:PORT` (IPv6 in brackets); none: those of the machine
 */
export function dnsResolver(servers: readonly string[]): ResolveName {
  const resolver = new Resolver({ timeout: TRY_MS, tries: TRIES });
  if (servers.length > 0) resolver.setServers(servers);
  return async (name) => {
    try {
      return answerOf(await resolver.resolve4(name, { ttl: true }));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENODATA') throw error;
      return answerOf(await resolver.resolve6(name, { ttl: true }));
    }
  };
}

function answerOf(records: readonly { readonly address: string; readonly ttl: number }[]): NameAnswer {
  return {
    addresses: [...new Set(records.map(({ address }) => address))].sort(),
    ttlSeconds: Math.min(...records.map(({ ttl }) => ttl)),
  };
}
