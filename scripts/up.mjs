import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { buildConsole } from './console-build.mjs';
import { buildNativeTls } from './native-build.mjs';
import { installPackages, root, runtime } from './packages.mjs';

/** `npm run up [-- arguments of elbow serve]`: installs and builds what is missing and runs the daemon in the foreground. */
installPackages();
if (!(await buildConsole())) console.error('elbow: the console could not be built; the API works without it');
buildNativeTls();
const daemon = spawn(
  runtime,
  [join(root, 'apps', 'elbow', 'src', 'main.ts'), 'serve', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => daemon.kill(signal));
daemon.on('error', (error) => {
  console.error(`elbow: cannot start ${runtime}: ${error.message}`);
  process.exit(1);
});
daemon.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
