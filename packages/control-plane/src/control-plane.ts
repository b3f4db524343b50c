import { createHash, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Settings } from '@elbow/model';
import { type Log, nodeSocketPath } from '@elbow/plan';
import { loadOrCreateKeyFile } from '@elbow/secrets';
import { openStore, type Store } from '@elbow/store';
import type { Accounts } from './auth/accounts.ts';
import { LoginThrottle } from './auth/login-throttle.ts';
import { prepareAccounts } from './auth/prepare-account.ts';
import { sessionBounds, Sessions } from './auth/sessions.ts';
import { Tokens } from './auth/tokens.ts';
import { openConsoleFiles } from './console/console-files.ts';
import { adminEndpoint, adminTls } from './http/admin-tls.ts';
import { describeNetworks } from './describe-networks.ts';
import { createApp } from './http/app.ts';
import { HistoryRecorder } from './history/history-recorder.ts';
import { newRequestId, type RunningServer, startServer } from './http/server.ts';
import { createOperators } from './operators.ts';
import { createReconciler, type Reconciler } from './reconcile/index.ts';
import { createHandlers } from './services/handlers.ts';

export interface ControlPlaneOptions {
  readonly settings: Settings;
  readonly version: string;
  readonly log: Log;
  /** Where the built console lies, if it is built. */
  readonly consoleFolder: string;
}

export interface ControlPlane {
  /** Where the API listens. */
  readonly address: AddressInfo;
  /** Finishes running requests, then closes what was opened, last first. Safe to call twice. */
  close(): Promise<void>;
}

/** How long a write waits for the workers. */
const liveTimeoutMs = 2_000;

type Opened = { close(): Promise<void> };

/**
 * Opens the store, makes credentials at the first start, brings stored state to the nodes and answers the API.
 * Rejects, with everything closed again, when one of them cannot be had; the error says which and why.
 */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const opened: Opened[] = [];
  try {
    const server = await open(options, opened);
    let closing: Promise<void> | null = null;
    return { address: server.address, close: () => (closing ??= closeAll(opened)) };
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

async function open(options: ControlPlaneOptions, opened: Opened[]): Promise<RunningServer> {
  const { settings, log } = options;
  const dataDir = resolve(settings.dataDir);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const key = loadOrCreateKeyFile(join(dataDir, 'sealing.key'));
  const store = await openStore({
    directory: dataDir,
    onSlowCommit: (commit) => log('warn', 'the disk is slow to make a change durable', commit),
  });
  opened.push(store);
  failWith(store, log);
  const endpoint = adminEndpoint(settings.admin);
  const recorder = new HistoryRecorder({ store, nowMs: Date.now, log, ...historyBounds(settings) });
  opened.push(recorder);
  const recorded = recorder.recording(store);
  const accounts = await prepareAccounts({ store: recorded, key, dataDir, endpoint, log });
  const reconciler = createReconciler({
    store,
    socketPath: socketPathOf(dataDir),
    hash: sha256,
    nowMs: Date.now,
    log,
    isAccessLogEnabled: settings.accessLog === 'all',
    zone: settings.availabilityZone,
  });
  opened.push({ close: () => reconciler.stop() });
  await reconciler.start();
  const parts = { ...options, store: recorded, dataDir, key, accounts, recorder, reconciler, opened };
  const app = await assemble(parts);
  const { host, port } = settings.admin;
  const server = await startServer({ host, port, tls: await adminTls(dataDir, host), fetch: app.fetch });
  opened.push(server);
  return server;
}

interface Parts extends ControlPlaneOptions {
  readonly store: Store;
  readonly key: Uint8Array;
  readonly dataDir: string;
  readonly accounts: Accounts;
  readonly recorder: HistoryRecorder;
  readonly reconciler: Reconciler;
  readonly opened: Opened[];
}

async function assemble(parts: Parts) {
  const { settings, version, log, consoleFolder, store, key, accounts, recorder, reconciler } = parts;
  const context = {
    store,
    settings,
    ...describeNetworks(settings),
    fleet: reconciler,
    key,
    nowMs: Date.now,
    newId: randomUUID,
  };
  const throttle = new LoginThrottle(Date.now);
  const shared = { context, accounts, throttle, recorder, log };
  const operators = createOperators({ ...shared, fleet: reconciler, monitoringDir: parts.dataDir });
  parts.opened.push(operators);
  await operators.start();
  return createApp({
    accounts,
    tokens: await Tokens.load(store, Date.now),
    sessions: await Sessions.load({ store, nowMs: Date.now, bounds: sessionBounds(settings) }),
    throttle,
    history: recorder,
    handlers: createHandlers(context, reconciler, operators.handlers),
    fleet: reconciler,
    consoleFiles: openConsoleFiles(consoleFolder),
    version,
    log,
    nowMs: Date.now,
    newRequestId,
    monotonicMs: () => performance.now(),
    liveTimeoutMs,
  });
}

function historyBounds({ historyKeepEntries, historyKeepDays }: Settings) {
  return { keepEntries: historyKeepEntries, keepDays: historyKeepDays };
}

/** A control plane without its store is of no use: end the process, so that whoever watches it starts a new one. */
function failWith(store: Store, log: Log): void {
  void store.closed.then((reason) => {
    if (reason === null) return;
    log('error', 'the store has failed', { reason: reason.message });
    process.nextTick(() => {
      throw reason;
    });
  });
}

function socketPathOf(dataDir: string): string {
  return nodeSocketPath({ dataDir, fallbackDir: tmpdir() }, sha256);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** One that fails to close does not keep the others open. */
async function closeAll(opened: Opened[]): Promise<void> {
  const failures: unknown[] = [];
  for (let last = opened.pop(); last !== undefined; last = opened.pop()) {
    await last.close().catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}
