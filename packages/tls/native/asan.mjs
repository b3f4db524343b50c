/**
 * Runs the tests of the native engine with AddressSanitizer and UndefinedBehaviorSanitizer, then a load of its own
 * with LeakSanitizer: `node asan.mjs`. Needs g++ with libasan. Works on a copy, so the addon in use stays as it is.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const copy = join(here, 'build', 'sanitized');
const bin = join(here, '..', '..', '..', 'node_modules', '.bin');
const flags = '-g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined';

copySources();
const preload = spawnSync('g++', ['-print-file-name=libasan.so'], { encoding: 'utf8' }).stdout.trim();
// V8 reserves large ranges and switches stacks: checks that depend on neither are left on.
const common = 'detect_stack_use_after_return=0:handle_segv=0:abort_on_error=0:halt_on_error=1';
if (run('node', [join(copy, 'native', 'build.mjs')], {}).status !== 0) process.exit(2);
const tested = run('vitest', ['run', '--root', copy, '--pool=threads', '--testTimeout=60000'], {
  LD_PRELOAD: preload,
  ASAN_OPTIONS: `detect_leaks=0:${common}`,
  UBSAN_OPTIONS: 'print_stacktrace=1:halt_on_error=1',
});
const leaks = run(process.execPath, [join(copy, 'native', 'leak-load.mjs')], {
  LD_PRELOAD: preload,
  // Node is built without frame pointers: only the slow way finds who called OpenSSL.
  ASAN_OPTIONS: `detect_leaks=1:fast_unwind_on_malloc=0:${common}`,
  LSAN_OPTIONS: 'exitcode=0:max_leaks=0',
});
report();

/**
 * Node and V8 keep some memory to the end; a leak of ours has the addon in its stack. Not ours is the record of 40
 * bytes that Node itself makes for every external value and drops with the environment.
 */
function report() {
  const text = `${leaks.stdout}${leaks.stderr}`;
  const blocks = text.split(/\n\n/).filter((block) => /^(Direct|Indirect) leak/m.test(block));
  const ofNode = /#1 \S+ in napi_create_external /;
  const ours = blocks.filter((block) => /\/native\/[\w-]+\.cc/.test(block) && !ofNode.test(block));
  const hasRun = leaks.status === 0 && leaks.stdout.includes('leak-load: done');
  for (const block of ours) process.stdout.write(`${block}\n\n`);
  if (!hasRun) process.stdout.write(text.slice(-4000));
  process.stdout.write(`tests: ${tested.status === 0 ? 'no report' : 'FAILED'}\n`);
  process.stdout.write(`leaks: ${hasRun ? `${ours.length} of ours, ${blocks.length} in all` : 'NOT RUN'}\n`);
  process.exitCode = tested.status === 0 && hasRun && ours.length === 0 ? 0 : 1;
}

function copySources() {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(join(copy, 'native', 'build'), { recursive: true });
  // Headers that had to be fetched are not fetched again.
  symlinkSync(join(here, 'build', 'headers'), join(copy, 'native', 'build', 'headers'));
  for (const name of readdirSync(here).filter((each) => /\.(cc|h|mjs)$/.test(each)))
    cpSync(join(here, name), join(copy, 'native', name));
  mkdirSync(join(copy, 'src'));
  const sources = join(here, '..', 'src');
  const isOurs = (name) => name.startsWith('native-') || (name.endsWith('.ts') && !name.endsWith('.test.ts'));
  for (const name of readdirSync(sources).filter(isOurs))
    cpSync(join(sources, name), join(copy, 'src', name));
}

function run(command, words, env) {
  const path = `${bin}:${process.env.PATH}`;
  const done = spawnSync(command, words, {
    encoding: 'utf8',
    env: { ...process.env, PATH: path, ELBOW_NATIVE_FLAGS: flags, ...env },
    maxBuffer: 256 * 1024 * 1024,
  });
  if (done.status !== 0) process.stdout.write(`${done.stdout}${done.stderr}`.slice(-8000));
  return done;
}
