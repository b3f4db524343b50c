import { defineConfig } from 'vitest/config';

/**
 * Three kinds of test: unit beside the file, one conformance file per row of the page, whole-system journeys.
 * Those that drive the real daemon wait for real timers on machines that are small and shared: one that fails is tried
 * once more, and the report says so.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.ts',
            'apps/*/src/**/*.test.ts',
            'bench/**/*.test.ts',
            'test/*.test.ts',
          ],
          // Machines under test are small and shared: a limit is there to end what hangs, not to judge speed.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          pool: 'threads',
        },
      },
      {
        test: {
          name: 'conformance',
          include: ['test/conformance/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          pool: 'forks',
          retry: 1,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          pool: 'forks',
          retry: 1,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'console',
          include: ['test/console/**/*.test.ts'],
          globalSetup: ['test/console/build-first.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          pool: 'forks',
          fileParallelism: false,
        },
      },
    ],
  },
});
