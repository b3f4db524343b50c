/**
 * Builds the native TLS engine with the compiler of this machine and the headers of this Node: `node build.mjs`.
 * Exit code 0: built, or up to date. 2: cannot be built here, and the reason is on the last line. The balancer then
 * serves everything but TLS 1.3 early data with node:tls.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, 'build');
const archPackage = `node-${process.platform}-${process.arch}`;
const fetched = join(folder, 'headers', process.versions.node, 'include', 'node');
const compiler = process.env.CXX ?? 'g++';
const flags = [
  '-O2',
  '-std=c++17',
  '-fPIC',
  '-shared',
  '-fno-exceptions',
  '-fvisibility=hidden',
  '-Wall',
  '-Wextra',
  '-DNAPI_VERSION=8',
  '-DOPENSSL_API_COMPAT=30000',
  // Every symbol is looked for when the file is loaded, so a missing one is a reason, not a crash later. And it stays
  // loaded when its last worker ends: OpenSSL keeps pointers into it.
  '-Wl,-z,now',
  '-Wl,-z,nodelete',
];

/** Flags for a build of another kind, such as the one with sanitizers. */
const extraFlags = (process.env.ELBOW_NATIVE_FLAGS ?? '').split(' ').filter((flag) => flag !== '');

/** @returns `{ file, reason }`: the addon, or null and why there is none */
export function buildNativeEngine() {
  const file = join(folder, 'elbow-tls.node');
  const stampFile = join(folder, 'built-from');
  const stamp = stampOf();
  const isFresh = existsSync(file) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
  if (isFresh) return { file, reason: null };
  const platform = process.platform;
  if (platform !== 'linux') return refuse(`the native TLS engine is for Linux, this is ${platform}`);
  if (spawnSync(compiler, ['--version']).error !== undefined)
    return refuse(`there is no C++ compiler (${compiler}) on this machine`);
  mkdirSync(folder, { recursive: true });
  const headers = findHeaders() ?? fetchHeaders();
  if (headers === null)
    return refuse(`the headers of Node ${process.version} are not here and cannot be fetched`);
  // Several builds may run at once, and a process may have the old file loaded: the new one takes its place whole.
  const fresh = `${file}.${process.pid}`;
  const words = [...flags, ...extraFlags, '-I', headers, ...sources('.cc'), '-o', fresh];
  const done = spawnSync(compiler, words, { encoding: 'utf8' });
  if (done.status !== 0) return refuse(`${compiler} failed: ${done.stderr.trim()}`);
  renameSync(fresh, file);
  writeFileSync(stampFile, stamp);
  return { file, reason: null };
}

function refuse(reason) {
  return { file: null, reason };
}

/** The headers that came with this very Node; those of another OpenSSL would build and then misbehave. */
function findHeaders() {
  const bin = dirname(process.execPath);
  const folders = [
    join(bin, '..', 'include', 'node'),
    join(bin, '..', 'node_modules', archPackage, 'include', 'node'),
    join(bin, '..', '..', archPackage, 'include', 'node'),
    fetched,
  ];
  return folders.find((each) => existsSync(join(each, 'openssl', 'ssl.h')) && isOfThisNode(each)) ?? null;
}

/**
 * The npm package `node` brings its binary in a package of its own, with the headers; an `npm install` after the
 * first one removes all of that but the binary. So they may have to be fetched again, once.
 */
function fetchHeaders() {
  const place = mkdtempSync(join(folder, 'fetch-'));
  const name = `${archPackage}@${process.versions.node}`;
  const packed = spawnSync('npm', ['pack', '--silent', name], {
    cwd: place,
    encoding: 'utf8',
    timeout: 120_000,
  });
  const archive = packed.stdout?.trim() ?? '';
  // OpenSSL has a set of headers for every system; those of Linux are enough.
  const words = ['-xzf', archive, '--exclude=*/archs/[!l]*', 'package/include'];
  if (packed.status === 0) spawnSync('tar', words, { cwd: place });
  const unpacked = join(place, 'package', 'include', 'node');
  const isGood = existsSync(join(unpacked, 'openssl', 'ssl.h')) && isOfThisNode(unpacked);
  if (isGood && !existsSync(fetched)) {
    mkdirSync(dirname(fetched), { recursive: true });
    renameSync(unpacked, fetched);
  }
  rmSync(place, { recursive: true, force: true });
  return isGood ? fetched : null;
}

function isOfThisNode(headers) {
  const version = readFileSync(join(headers, 'node_version.h'), 'utf8');
  return /define NODE_MAJOR_VERSION (\d+)/.exec(version)?.[1] === process.versions.node.split('.')[0];
}

function sources(...endings) {
  const names = readdirSync(here).filter((name) => endings.some((ending) => name.endsWith(ending)));
  return names.sort().map((name) => join(here, name));
}

function stampOf() {
  const hash = createHash('sha256').update(JSON.stringify([process.version, compiler, flags, extraFlags]));
  for (const file of sources('.cc', '.h')) hash.update(readFileSync(file));
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { file, reason } = buildNativeEngine();
  const line = file === null ? `native TLS engine not built: ${reason}` : `native TLS engine: ${file}`;
  process.stdout.write(`${line}\n`);
  process.exitCode = file === null ? 2 : 0;
}
