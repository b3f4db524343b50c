import type { LogLevel } from '@elbow/plan';
import type { Encoders } from './compress/encoders.ts';
import type { FlushTurn } from './client/flush-turn.ts';
import type { OpenTunnels } from './exchange/open-tunnels.ts';
import type { ReplayBudget } from './exchange/replay-budget.ts';
import type { HandshakeGate, NativeEngine, TicketKeyBook } from '@elbow/tls';
import type { Mirror } from './mirror/mirror.ts';
import type { Recorder } from './record/exchange-record.ts';
import type { RateTable } from './shared/rate-table.ts';
import type { TimerWheel } from './timer-wheel.ts';
import type { MemberPools } from './upstream/member-pools.ts';

/** What the parts of one worker share. */
export interface WorkerContext {
  readonly wheel: TimerWheel;
  readonly memberPools: MemberPools;
  readonly flushTurn: FlushTurn;
  /** Of all exchanges of this worker. */
  readonly replayBudget: ReplayBudget;
  readonly recorder: Recorder;
  readonly encoders: Encoders;
  /** Copies of requests. */
  readonly mirror: Mirror;
  /** Request rates of policies. */
  readonly rates: RateTable;
  /** Bounds what TLS handshakes may cost this worker. */
  readonly handshakes: HandshakeGate;
  readonly ticketKeys: TicketKeyBook;
  /** Null where node:tls serves. */
  readonly nativeTls: NativeEngine | null;
  readonly tunnels: OpenTunnels;
  log(level: LogLevel, message: string, facts?: Readonly<Record<string, string | number>>): void;
}
