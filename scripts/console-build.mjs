import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { root, runtime } from './packages.mjs';

const app = join(root, 'apps', 'console');
const dist = join(app, 'dist');
/** In a build: what it was made from. */
const marker = '.sources';

/** Everything that the build reads. */
const sources = [
  'package-lock.json',
  'scripts/console-build.mjs',
  'apps/console/index.html',
  'apps/console/package.json',
  'apps/console/vite.config.ts',
  'apps/console/public',
  'apps/console/src',
  'packages/api/src',
  'packages/model/src',
];

/**
 * Builds the console into apps/console/dist, unless it was built from these very sources.
 * @returns false when the build failed; what it said is on stderr
 */
export async function buildConsole() {
  const wanted = hashOf(sources.flatMap(filesBelow));
  const known = join(dist, marker);
  if (existsSync(known) && readFileSync(known, 'utf8') === wanted) return true;
  console.error('elbow: building the console');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const made = `${dist}.${process.pid}`;
  const words = [vite, 'build', '--outDir', made, '--logLevel', 'warn'];
  const env = { ...process.env, NODE_ENV: 'production' };
  const { status } = spawnSync(runtime, words, { cwd: app, stdio: ['ignore', 2, 2], env });
  if (status !== 0) {
    rmSync(made, { recursive: true, force: true });
    return false;
  }
  await compressAll(made);
  writeFileSync(join(made, marker), wanted);
  replaceDist(made);
  return true;
}

/** Whoever looks at the folder sees the old build or the new one. */
function replaceDist(made) {
  const old = `${made}.old`;
  try {
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(made, dist);
  } catch {
    // Another build of the same sources was quicker: its folder is as good.
    rmSync(made, { recursive: true, force: true });
  }
  rmSync(old, { recursive: true, force: true });
}

function filesBelow(path) {
  const whole = join(root, path);
  const entries =
    existsSync(whole) && extname(path) === ''
      ? readdirSync(whole, { recursive: true, withFileTypes: true })
      : null;
  if (entries === null) return [whole];
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

/** Once at build instead of at every answer: the best that both codings can do. */
async function compressAll(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => /\.(?:js|css|svg)$/.test(name));
  await Promise.all(names.map((name) => compress(join(folder, name))));
}

async function compress(path) {
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${path}.br`, await promisify(brotliCompress)(bytes, { params }));
  writeFileSync(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}
