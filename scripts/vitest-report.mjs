import { existsSync, readFileSync } from 'node:fs';

/**
 * What a run of vitest came to, from its JSON report.
 * A file that cannot be loaded and an error outside any test fail the run without a failed test: they count as one.
 * @returns `{ passed, failed, files: [{ path, passed, isBad }] }`
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
    })),
  };
}

/** The counts of a project whose bad files were run once more. */
export function withSecondRun(first, second) {
  const passedBefore = first.files.filter(({ isBad }) => !isBad).reduce((sum, file) => sum + file.passed, 0);
  return { passed: passedBefore + second.passed, failed: second.failed };
}
