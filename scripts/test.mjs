import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { buildConsole } from './console-build.mjs';
import { installDebianPackages, testPackages } from './debian-packages.mjs';
import { buildNativeTls } from './native-build.mjs';
import { installPackages, root } from './packages.mjs';
import { readReport, withSecondRun } from './vitest-report.mjs';

/**
 * `npm test`: everything, in the order in which it is cheapest to fail. `--full` runs the property tests long
 * (`npm run test:full`). The last line is `N passed, N failed`: tests as vitest counts them, and one for each check.
 */
const checks = [
  ['tsc', '-p', 'tsconfig.json'],
  ['tsc', '-p', 'apps/console/tsconfig.json'],
  ['oxlint'],
  ['biome', 'format', '.'],
];
/**
 * Projects that run side by side. What drives the daemon mostly waits for timers and processes: more of that at a time
 * than there are cores; a browser waits a third of its time.
 */
const rounds = [
  { projects: ['unit-pure', 'unit'], words: [] },
  { projects: ['conformance', 'e2e'], words: ['--maxWorkers=4'] },
  { projects: ['conformance-node-tls'], words: ['--maxWorkers=4'] },
  { projects: ['console'], words: ['--maxWorkers=3'] },
];

/** Files that are run once more when they fail; where more fail something is wrong with the change. */
const mostRepeated = 4;
const secondTries = [];
const failures = [];

installPackages();
if (!installDebianPackages(testPackages)) finish({ passed: 0, failed: 1 });

const bin = join(root, 'node_modules', '.bin');
const isFull = process.argv.includes('--full');
const env = {
  ...process.env,
  PATH: [bin, process.env.PATH, '/usr/sbin', '/sbin'].join(delimiter),
  ...(isFull ? { ELBOW_FULL: '1', ELBOW_FUZZ_RUNS: process.env.ELBOW_FUZZ_RUNS ?? '1000000' } : {}),
};
const reports = mkdtempSync(join(tmpdir(), 'elbow-test-'));
const total = { passed: 0, failed: 0 };
for (const words of checks) add(run(words) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
add(buildNativeTls() ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
add((await buildConsole()) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
for (const round of rounds) add(runRound(round));
rmSync(reports, { recursive: true, force: true });
// The C++ of the TLS engine under the sanitizers, with all of its unit tests, and a load of its own under valgrind.
if (isFull)
  for (const check of ['asan', 'memcheck'])
    add(
      run(['node', `packages/tls/native/${check}.mjs`]) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 },
    );
finish(total);

function run([command, ...words]) {
  console.log(`\n$ ${[command, ...words].join(' ')}`);
  return spawnSync(join(bin, command), words, { cwd: root, stdio: 'inherit', env }).status === 0;
}

/**
 * Tests that drive the real daemon and a browser wait for timers and a machine. A few files that fail are run
 * once more by themselves, and the log says which: what fails twice is broken.
 */
function runRound({ projects, words }) {
  const choice = [...projects.flatMap((project) => ['--project', project]), ...words];
  const first = runVitest(choice);
  const bad = first.files.filter(({ isBad }) => isBad).map(({ path }) => path);
  if (bad.length === 0 || bad.length > mostRepeated) return first;
  secondTries.push(...bad.map((path) => relative(root, path)));
  return withSecondRun(first, runVitest([...choice, ...bad]));
}

function runVitest(words) {
  const report = join(reports, `${Date.now()}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const outcome = readReport(report, run(['vitest', 'run', ...words, ...reporters]));
  for (const { path, failures: own } of outcome.files)
    failures.push(...own.map((failure) => `${relative(root, path)}: ${failure}`));
  return outcome;
}

function add({ passed, failed }) {
  total.passed += passed;
  total.failed += failed;
}

function finish({ passed, failed }) {
  if (secondTries.length > 0)
    console.log(`\nrun twice, because they failed at first: ${secondTries.join(', ')}`);
  for (const failure of failures) console.log(`  ${failure}`);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
