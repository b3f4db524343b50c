import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Runs before anything is installed: a bare Node 20, built-in modules only.

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The runtime that every script uses, whatever the machine has. */
export const runtime = join(root, 'node_modules', '.bin', 'node');

const lockFile = join(root, 'package-lock.json');
const marker = join(root, 'node_modules', '.elbow-lock');

/** Installs the npm packages of package-lock.json, unless that very lock file is what node_modules was made from. */
export function installPackages() {
  const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (existsSync(marker) && existsSync(runtime) && readFileSync(marker, 'utf8') === wanted) return;
  console.error('elbow: installing npm packages (package-lock.json is new or has changed)');
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, PATH: pathWithoutOurs() },
  });
  if (result.status !== 0) {
    console.error('elbow: npm ci failed' + (result.error ? `: ${result.error.message}` : ''));
    process.exit(1);
  }
  writeFileSync(marker, wanted);
}

/** `npm ci` removes node_modules first, so it must not run on the runtime that lies there. */
function pathWithoutOurs() {
  const ours = join('node_modules', '.bin');
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.endsWith(ours))
    .join(delimiter);
}
