import { buildConsole } from './console-build.mjs';
import { installPackages } from './packages.mjs';

/** `npm run build:console`: what the daemon serves at `/`. */
installPackages();
process.exitCode = (await buildConsole()) ? 0 : 1;
