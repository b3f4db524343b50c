import type { ListenerTls } from './chunk.ts';

/**
 * The certificates that a client gets which asks for this name (RFC 6066 §3); one or two, of different key types. An
 * exact name wins over a pattern. The data plane has a table for the same question; this is the answer in plain words.
 * @param serverName null for a client that asks for none
 */
export function certificatesForName(tls: ListenerTls, serverName: string | null): readonly string[] {
  const own = [tls.certificateId];
  if (serverName === null || serverName.includes(':') || /^[\d.]+$/.test(serverName)) return own;
  const name = serverName.toLowerCase().replace(/\.$/, '');
  const exact = tls.names.find((each) => each.name === name);
  if (exact !== undefined) return exact.certificateIds;
  const fitting = tls.names
    .filter((each) => each.name.startsWith('*.') && fitsPattern(name, each.name.slice(1), tls.nameMatch))
    .toSorted((a, b) => b.name.length - a.name.length);
  return fitting[0]?.certificateIds ?? own;
}

/** @param ending with its first dot */
function fitsPattern(name: string, ending: string, match: ListenerTls['nameMatch']): boolean {
  if (!name.endsWith(ending) || name.startsWith('.')) return false;
  const start = name.slice(0, -ending.length);
  return start !== '' && (match === 'longest_suffix' || !start.includes('.'));
}
