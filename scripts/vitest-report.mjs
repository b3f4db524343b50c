import { existsSync, readFileSync } from 'node:fs';

/**
 * What a run of vitest came to, from its JSON report.
 * A file that cannot be loaded and an error outside any test fail the run without a failed test: they count as one.
 * @returns `{ passed, failed, files: [{ path, passed, isBad, failures }] }`
 */
export function readReport(path, isGood) {
  if (!existsSync(path)) return { passed: 0, failed: 1, files: [] };
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const { numPassedTests: passed, numFailedTests } = report;
  return {
    passed,
    failed: numFailedTests === 0 && !isGood ? 1 : numFailedTests,
    files: report.testResults.map(({ name, status, assertionResults }) => ({
      path: name,
      passed: assertionResults.filter((test) => test.status === 'passed').length,
      isBad: status !== 'passed',
      failures: assertionResults.filter((test) => test.status === 'failed').map(failureOf),
    })),
  };
}

/** A failed test in two lines: what it is called, and what it said first. */
function failureOf({ fullName, failureMessages: [message = ''] }) {
  return `${fullName}\n    ${message.split('\n')[0]}`;
}

/** The counts of a project whose bad files were run once more. */
export function withSecondRun(first, second) {
  const passedBefore = first.files.filter(({ isBad }) => !isBad).reduce((sum, file) => sum + file.passed, 0);
  return { passed: passedBefore + second.passed, failed: second.failed };
}
