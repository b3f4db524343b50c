import { parentPort, workerData } from 'node:worker_threads';
import type { LogLevel } from '@elbow/plan';
import { HandshakeGate, NativeEngine, TicketKeyBook } from '@elbow/tls';
import { CpuPressure } from './compress/cpu-pressure.ts';
import { Encoders } from './compress/encoders.ts';
import { FlushTurn } from './client/flush-turn.ts';
import { OpenTunnels } from './exchange/open-tunnels.ts';
import { ReplayBudget, WORKER_REPLAY_BYTES } from './exchange/replay-budget.ts';
import type { ListenerHost } from './listener-socket.ts';
import { type CopyOutcome, Mirror } from './mirror/mirror.ts';
import { PlanKeeper } from './plan/plan-keeper.ts';
import { AccessLog } from './record/access-log.ts';
import { CounterBook } from './record/counter-book.ts';
import { nodeColumn } from './record/counter-row.ts';
import { WorkerRecorder } from './record/worker-recorder.ts';
import { RateTable } from './shared/rate-table.ts';
import { WorkerControl } from './shared/worker-control.ts';
import { isShort } from './shedding.ts';
import { SLOT_MS, TimerWheel } from './timer-wheel.ts';
import { MemberPools } from './upstream/member-pools.ts';
import type { WorkerContext } from './worker-context.ts';
import type { FromWorker, ToWorker, WorkerBirth } from './worker-messages.ts';

/**
 * A worker thread of the data plane: its own event loop, its own sockets on every VIP and port. It learns the plan
 * from the node's main thread, and meets the other workers only in shared memory.
 */
const birth = workerData as WorkerBirth;
const port = parentPort;
if (port === null) throw new Error('this module is the entry of a worker thread');

const copyColumns: Readonly<Record<CopyOutcome, number>> = {
  answered: nodeColumn.mirrorAnswered,
  failed: nodeColumn.mirrorFailed,
  dropped: nodeColumn.mirrorDropped,
};
const control = new WorkerControl(birth.control);
const wheel = new TimerWheel(performance.now() + 1);
const flushTurn = new FlushTurn();
const memberPools = new MemberPools(birth.workers, { flushTurn, clock: wheel });
const book = new CounterBook(birth.worker);
const accessLog = openAccessLog();
const nativeTls = openNativeTls();
const context: WorkerContext = {
  wheel,
  memberPools,
  flushTurn,
  tunnels: new OpenTunnels(),
  replayBudget: new ReplayBudget(WORKER_REPLAY_BYTES),
  recorder: new WorkerRecorder({
    book,
    accessLog,
    format: birth.accessLog?.format ?? 'elb',
    log,
    nowMs: Date.now,
  }),
  encoders: new Encoders(() => book.node?.add(nodeColumn.encodingsLeftOut, 1), nativeTls !== null),
  mirror: new Mirror({ wheel, memberPools, count: countCopy }),
  rates: new RateTable(birth.rates),
  handshakes: new HandshakeGate(),
  ticketKeys: new TicketKeyBook(birth.ticketRoots),
  nativeTls,
  log,
};

const host: ListenerHost = {
  context,
  reusePort: birth.reusePort,
  plan: () => keeper.plan,
  admitToWorker,
  leaveWorker: () => void control.addConnections(birth.worker, -1),
};
const keeper: PlanKeeper = new PlanKeeper(birth, host);

const pressure = new CpuPressure(birth.compressionCpuPercent, () => performance.eventLoopUtilization());
let queue = Promise.resolve();
const beat = setInterval(turn, SLOT_MS);
let beats = 0;
control.beat(birth.worker);

port.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'plan':
      // One plan at a time, in the order they came.
      queue = queue.then(() => applyPlan(message));
      return;
    case 'ask':
      return tell({
        type: 'answer',
        id: message.id,
        revision: keeper.plan.revision,
        connections: openConnections(),
      });
    case 'stop':
      return stop(message.graceMs);
  }
});

async function applyPlan(message: Extract<ToWorker, { type: 'plan' }>): Promise<void> {
  book.apply(message);
  const troubles = await keeper.apply(message);
  control.setRevision(birth.worker, message.revision);
  tell({ type: 'applied', revision: message.revision, troubles });
}

function admitToWorker(): boolean {
  if (control.isShedding(birth.worker)) return false;
  if (control.addConnections(birth.worker, 1) <= birth.connectionBudget) return true;
  control.addConnections(birth.worker, -1);
  return false;
}

function countCopy(outcome: CopyOutcome): void {
  book.node?.add(copyColumns[outcome], 1);
}

function openConnections(): number {
  return control.connections(birth.worker);
}

/** Ten times a second: says that the loop turns, fires timers, looks at memory. */
function turn(): void {
  control.beat(birth.worker);
  wheel.advance(performance.now() + 1);
  accessLog?.flush();
  if (++beats % 10 !== 0) return;
  control.setShedding(birth.worker, isShort());
  context.encoders.isUnderPressure = pressure.judge();
  memberPools.expire();
  keeper.tick(wheel.nowMs);
}

function stop(graceMs: number): void {
  keeper.closeAll();
  const deadline = performance.now() + graceMs;
  const wait = setInterval(() => {
    if (openConnections() > 0 && performance.now() < deadline) return;
    clearInterval(wait);
    clearInterval(beat);
    void finish();
  }, 20);
}

async function finish(): Promise<void> {
  await accessLog?.close();
  tell({ type: 'stopped' });
  port?.close();
}

/** The node has tried it before: where it does not start here all the same, serving by node:tls is better than not. */
function openNativeTls(): NativeEngine | null {
  const { engine, replayFilter } = birth.tls;
  if (engine === 'node') return null;
  try {
    return new NativeEngine({ replayFilter });
  } catch (error) {
    log('error', 'the native TLS engine does not start, node:tls serves', { reason: String(error) });
    return null;
  }
}

function openAccessLog(): AccessLog | null {
  if (birth.accessLog === null) return null;
  return new AccessLog({
    path: birth.accessLog.path,
    epoch: new Int32Array(birth.accessLog.epoch),
    written: (lines, bytes) => {
      book.node?.add(nodeColumn.accessLogLines, lines);
      book.node?.add(nodeColumn.accessLogBytes, bytes);
    },
    dropped: (lines) => book.node?.add(nodeColumn.accessLogDroppedLines, lines),
    failed: (reason) => log('error', 'the access log cannot be written', { reason }),
  });
}

function tell(message: FromWorker): void {
  port?.postMessage(message);
}

function log(level: LogLevel, message: string, facts: Readonly<Record<string, string | number>> = {}): void {
  tell({ type: 'log', level, message, facts });
}
