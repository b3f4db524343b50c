import type { ListenerChunk } from '@elbow/plan';
import type { WorkerContext } from '../worker-context.ts';
import type { ExchangeRecord, Recorder } from './exchange-record.ts';

/** Where the records of one worker go. */
export class WorkerRecorder implements Recorder {
  private readonly log: WorkerContext['log'];

  constructor(log: WorkerContext['log']) {
    this.log = log;
  }

  record(record: ExchangeRecord): void {
    if (record.isCut)
      this.log('debug', 'answer cut', { listener: record.listener.id, status: record.status });
  }

  refused(listener: ListenerChunk, status: number, reason: string): void {
    this.log('debug', 'request refused', { listener: listener.id, status, reason });
  }
}
