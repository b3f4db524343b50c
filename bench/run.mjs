// Entry that any Node can run: it starts the benchmark under the runtime that the workspace pins.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const pinnedNode = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
const main = fileURLToPath(new URL('./main.ts', import.meta.url));

if (!existsSync(pinnedNode)) {
  console.error('The packages are not installed. Run `npm ci` first (or `npm run up`, which does it).');
  process.exit(1);
}

const child = spawn(pinnedNode, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl-C reaches the child by itself; this process only has to outlive it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
