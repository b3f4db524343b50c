import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Tests look at what is built: nobody looks at yesterday's console. */
export function setup(): void {
  const script = join(import.meta.dirname, '..', '..', 'scripts', 'build-console.mjs');
  const { status } = spawnSync(process.execPath, [script], { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('the console cannot be built');
}
