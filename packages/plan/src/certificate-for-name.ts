import type { ListenerTls } from './chunk.ts';
import { createNameTable } from './name-table.ts';

/**
 * The certificates that a client gets which asks for this name (RFC 6066 §3); one or two, of different key types. The
 * data plane asks the same table.
 * @param serverName null for a client that asks for none
 */
export function certificatesForName(tls: ListenerTls, serverName: string | null): readonly string[] {
  const entries = tls.names.map(({ name, certificateIds }) => [name, certificateIds] as const);
  const found = serverName === null ? null : createNameTable(entries, tls.nameMatch)(serverName);
  return found ?? [tls.certificateId];
}
