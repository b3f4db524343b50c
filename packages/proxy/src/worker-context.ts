import type { FlushTurn } from './client/flush-turn.ts';
import type { Recorder } from './record/exchange-record.ts';
import type { TimerWheel } from './timer-wheel.ts';
import type { MemberPools } from './upstream/member-pools.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What the parts of one worker share. */
export interface WorkerContext {
  readonly wheel: TimerWheel;
  readonly memberPools: MemberPools;
  readonly flushTurn: FlushTurn;
  readonly recorder: Recorder;
  log(level: LogLevel, message: string, facts?: Readonly<Record<string, string | number>>): void;
}
