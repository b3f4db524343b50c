import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, runtime } from './packages.mjs';

/**
 * Builds the native TLS engine, unless it was built from these very sources. Must run on the runtime that will load it.
 * @returns false where it cannot be built; the reason is on stderr
 */
export function buildNativeTls() {
  const words = [join(root, 'packages', 'tls', 'native', 'build.mjs')];
  const { status, stdout, stderr } = spawnSync(runtime, words, { cwd: root, encoding: 'utf8' });
  if (status === 0) return true;
  const reason = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n')[0];
  console.error(`elbow: ${reason}; node:tls serves, without early data`);
  return false;
}
