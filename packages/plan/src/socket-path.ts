import type { Hash } from './chunk-hash.ts';

/** `sun_path` holds 108 bytes on Linux and 104 on macOS, a final zero included. */
const maxPathBytes = 103;

/**
 * Where the control process listens for the nodes of this machine. Both ends use this rule, so neither has to be told.
 *
 * `<dataDir>/run/node.sock` where that fits into a socket address, else `<fallbackDir>/elbow-<16 digits>/node.sock`
 * with digits of a hash over the data directory. Either way the socket has a directory of its own, which its owner
 * makes with mode 0700 and which the other end must find owned by the same user before it dials: the fallback lies
 * where anybody may create names.
 * @param paths absolute, with `/` between names; `fallbackDir` is short, such as the temporary directory
 */
export function nodeSocketPath(
  paths: { readonly dataDir: string; readonly fallbackDir: string },
  hash: Hash,
): string {
  const preferred = `${paths.dataDir}/run/node.sock`;
  if (new TextEncoder().encode(preferred).length <= maxPathBytes) return preferred;
  return `${paths.fallbackDir}/elbow-${hash(paths.dataDir).slice(0, 16)}/node.sock`;
}
