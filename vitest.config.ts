import { defineConfig } from 'vitest/config';

/** Builds the native TLS engine, which `auto` then takes. */
const globalSetup = ['scripts/build-native.mjs'];

/** Rows that both TLS engines have to give; the project of all rows runs them on the one that `auto` takes. */
const tlsRows = [
  'ca-certificate',
  'certificate-revocation',
  'data-compression',
  'http-headers',
  'http2',
  'security-policy',
  'server-certificate',
  'sni',
  'sni-certificate',
  'ssl-authentication',
  'tls-gnutls',
  'tls-robustness',
  'websocket',
];

/** Rooms without effects: nothing that a test file leaves behind can be in the way of the next one. */
const pureRooms = ['api', 'compiler', 'model', 'plan', 'traffic', 'wire'].map(
  (room) => `packages/${room}/src/**/*.test.ts`,
);

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
          name: 'unit-pure',
          include: pureRooms,
          testTimeout: 60_000,
          pool: 'forks',
          isolate: false,
        },
      },
      {
        test: {
          name: 'unit',
          globalSetup,
          include: [
            'packages/*/src/**/*.test.ts',
            'apps/*/src/**/*.test.ts',
            'bench/**/*.test.ts',
            'test/*.test.ts',
          ],
          exclude: pureRooms,
          // Machines under test are small and shared: a limit is there to end what hangs, not to judge speed.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // A process for each file: V8 has been seen to abort a process in which many threads came and went.
          pool: 'forks',
        },
      },
      {
        test: {
          name: 'conformance',
          globalSetup,
          include: ['test/conformance/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          pool: 'forks',
          retry: 1,
        },
      },
      {
        test: {
          name: 'conformance-node-tls',
          globalSetup,
          include: tlsRows.map((row) => `test/conformance/${row}.test.ts`),
          env: { TEST_TLS_ENGINE: 'node' },
          testTimeout: 60_000,
          hookTimeout: 60_000,
          pool: 'forks',
          retry: 1,
        },
      },
      {
        test: {
          name: 'e2e',
          globalSetup,
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          pool: 'forks',
          retry: 1,
        },
      },
      {
        test: {
          name: 'console',
          include: ['test/console/**/*.test.ts'],
          globalSetup: ['test/console/build-first.ts'],
          // Until a page shows what was asked for.
          expect: { poll: { timeout: 5000 } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
          pool: 'forks',
        },
      },
    ],
  },
});
