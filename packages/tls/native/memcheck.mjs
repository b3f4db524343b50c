/**
 * Runs the load of the leak checker once more under valgrind's memcheck, which also sees reads of memory that nobody
 * wrote: `node memcheck.mjs`. Needs g++ and valgrind. Works on a copy, so the addon in use stays as it is.
 *
 * V8 runs without its compilers: with them the load did not end within five minutes, and memcheck reports code that
 * they make. That goes without WebAssembly, and so without the part of Node that takes types off: they are taken off
 * before.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const copy = join(here, 'build', 'memcheck');
const log = join(copy, 'memcheck.log');
const WORKER_STACK_KIB = '--stack-size=4000';

copySources();
const built = run(process.execPath, [join(copy, 'native', 'build.mjs')], { ELBOW_NATIVE_FLAGS: '-g -O1' });
if (built.status !== 0) process.exit(2);
const checks = ['--error-limit=no', '--leak-check=full', '--show-leak-kinds=definite', '--num-callers=30'];
const flags = ['--jitless', '--max-lazy', '--single-threaded', WORKER_STACK_KIB];
const load = run(
  'valgrind',
  [...checks, `--log-file=${log}`, process.execPath, ...flags, join(copy, 'native', 'leak-load.mjs')],
  { ELBOW_LEAK_ROUNDS: '3' },
);
report();

/** Node and V8 have reports of their own; ours have the addon in their stack. */
function report() {
  const text = readFileSync(log, 'utf8').replace(/^==\d+== ?/gm, '');
  const blocks = text.split(/\n\n/).filter((block) => /^ {3}at 0x/m.test(block));
  // The record of 40 bytes that Node itself makes for every external value and drops with the environment.
  const ofNode = /definitely lost[^\n]*\n[^\n]*operator new[^\n]*\n[^\n]*napi_create_external /;
  const ours = blocks.filter((block) => block.includes('elbow::') && !ofNode.test(block));
  const hasRun = load.status === 0 && load.stdout.includes('leak-load: done') && /ERROR SUMMARY/.test(text);
  for (const block of ours) process.stdout.write(`${block}\n\n`);
  if (!hasRun) process.stdout.write(`${load.stdout}${load.stderr}${text.slice(-4000)}`);
  process.stdout.write(
    `memcheck: ${hasRun ? `${ours.length} of ours, ${blocks.length} in all` : 'NOT RUN'}\n`,
  );
  process.exitCode = hasRun && ours.length === 0 ? 0 : 1;
}

function copySources() {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(join(copy, 'native', 'build'), { recursive: true });
  mkdirSync(join(copy, 'src'));
  // Headers that had to be fetched are not fetched again.
  symlinkSync(join(here, 'build', 'headers'), join(copy, 'native', 'build', 'headers'));
  for (const name of readdirSync(here).filter((each) => /\.(cc|h|mjs)$/.test(each)))
    writeFileSync(join(copy, 'native', name), withoutEndings(readFileSync(join(here, name), 'utf8')));
  const sources = join(here, '..', 'src');
  const isOurs = (name) => name.endsWith('.ts') && !name.endsWith('.test.ts');
  for (const name of readdirSync(sources).filter(isOurs)) {
    const code = stripTypeScriptTypes(readFileSync(join(sources, name), 'utf8'));
    writeFileSync(join(copy, 'src', name.replace(/\.ts$/, '.mjs')), withoutEndings(code));
  }
}

/** Files are named as they are called without types. */
function withoutEndings(code) {
  return code.replace(/\.ts'/g, ".mjs'");
}

function run(command, words, env) {
  return spawnSync(command, words, { encoding: 'utf8', env: { ...process.env, ...env } });
}
