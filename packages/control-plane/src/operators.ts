import { join } from 'node:path';
import type { OperatorOperation } from '@elbow/api';
import type { Log } from '@elbow/plan';
import type { Accounts } from './auth/accounts.ts';
import { createKey, deleteKey, listKeys, ofCaller, updateKey } from './auth/key-services.ts';
import type { LoginThrottle } from './auth/login-throttle.ts';
import {
  changeOwnPassword,
  createUser,
  deleteUser,
  listUsers,
  showMe,
  showUser,
  updateUser,
} from './auth/user-services.ts';
import { composeListener } from './compose/compose-listener.ts';
import { inspectCertificateBody } from './compose/inspect-certificate-body.ts';
import { previewPlan } from './compose/preview-plan.ts';
import { DemoBackends } from './demo/demo-backends.ts';
import { createDemoCertificate } from './demo/demo-certificate.ts';
import type { Fleet } from './fleet.ts';
import type { HistoryRecorder } from './history/history-recorder.ts';
import { listHistory } from './history/list-history.ts';
import { listAccessLog } from './monitoring/list-access-log.ts';
import { MinuteFile } from './monitoring/minute-file.ts';
import { Monitor } from './monitoring/monitor.ts';
import { Sampler } from './monitoring/sampler.ts';
import { showAttention } from './monitoring/show-attention.ts';
import { showMetricSeries } from './monitoring/show-series.ts';
import type { Handler, ServiceContext } from './services/crud/service-context.ts';

export interface OperatorsOptions {
  /** Its store leaves a history behind. */
  readonly context: ServiceContext;
  readonly accounts: Accounts;
  readonly throttle: LoginThrottle;
  readonly recorder: HistoryRecorder;
  readonly fleet: Fleet;
  readonly log: Log;
  /** Folder of what may be lost, or null for memory. */
  readonly monitoringDir: string | null;
}

export type OperatorHandlers = Readonly<Record<OperatorOperation, Handler>>;

/** What operators and the console have beyond the v3 API, and what of it lives on its own. */
export interface Operators {
  readonly handlers: OperatorHandlers;
  readonly monitor: Monitor;
  /** Begins to look and brings back what ran before. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export function createOperators(options: OperatorsOptions): Operators {
  const { context, fleet, log, monitoringDir } = options;
  const { settings, store, nowMs } = context;
  const path = monitoringDir === null ? ':memory:' : join(monitoringDir, 'monitoring.db');
  const minutes = new MinuteFile(path);
  const monitor = new Monitor({ sampler: new Sampler(fleet, minutes), minutes, nowMs, log });
  const { allowsLoopbackMembers } = settings;
  const demo = new DemoBackends({ store, allowsLoopbackMembers, log });
  return {
    handlers: {
      ...userHandlers(options),
      ...otherHandlers(options, monitor),
      ...demoHandlers(context, demo),
    },
    monitor,
    start: async () => {
      monitor.start();
      await demo.resume();
    },
    close: async () => {
      await demo.close();
      await monitor.close();
    },
  };
}

function userHandlers({ accounts, throttle, context }: OperatorsOptions) {
  const deps = { accounts, throttle, nowMs: context.nowMs };
  return {
    ShowMe: (call) => showMe(deps, call),
    ChangeOwnPassword: (call) => changeOwnPassword(deps, call),
    ListOwnKeys: (call) => listKeys(deps, ofCaller(call)),
    CreateOwnKey: (call) => createKey(deps, ofCaller(call)),
    UpdateOwnKey: (call) => updateKey(deps, ofCaller(call)),
    DeleteOwnKey: (call) => deleteKey(deps, ofCaller(call)),
    ListUsers: () => listUsers(deps),
    CreateUser: (call) => createUser(deps, call),
    ShowUser: (call) => showUser(deps, call),
    UpdateUser: (call) => updateUser(deps, call),
    DeleteUser: (call) => deleteUser(deps, call),
    ListKeys: (call) => listKeys(deps, call),
    CreateKey: (call) => createKey(deps, call),
    UpdateKey: (call) => updateKey(deps, call),
    DeleteKey: (call) => deleteKey(deps, call),
  } satisfies Partial<OperatorHandlers>;
}

function otherHandlers({ context, recorder, fleet }: OperatorsOptions, monitor: Monitor) {
  const { store, settings, nowMs } = context;
  return {
    ListHistory: (call) => listHistory({ store, recorder }, call),
    ShowMetricSeries: (call) => showMetricSeries({ store, monitor, fleet, nowMs }, call),
    ShowAttention: (call) => showAttention({ store, monitor, fleet, nowMs }, call),
    ListAccessLog: (call) => listAccessLog(settings, call),
    InspectCertificate: (call) => inspectCertificateBody(context, call),
    PreviewPlan: (call) => previewPlan(context, call),
    ComposeListener: (call) => composeListener(context, call),
  } satisfies Partial<OperatorHandlers>;
}

function demoHandlers(context: ServiceContext, demo: DemoBackends) {
  return {
    CreateDemoCertificate: (call) => createDemoCertificate(context, call),
    ListDemoBackends: async () => demo.list(),
    StartDemoBackends: () => demo.start(),
    StopDemoBackends: () => demo.stop(),
  } satisfies Partial<OperatorHandlers>;
}
