import type { ListenerChunk } from '@elbow/plan';
import type { Admission } from '../shared/listener-slot.ts';
import type { WorkerContext } from '../worker-context.ts';
import type { AccessLog } from './access-log.ts';
import type { CounterBook } from './counter-book.ts';
import { countExchange } from './count-exchange.ts';
import { clientColumn } from './counter-row.ts';
import { elbForm, elbLine } from './elb-line.ts';
import type { ExchangeRecord, Recorder } from './exchange-record.ts';
import { jsonForm, jsonLine } from './json-line.ts';
import { LogClock } from './log-clock.ts';
import { LogLimiter } from './log-limiter.ts';
import { LogTexts } from './log-texts.ts';

/** Anybody can send rubbish as fast as a network carries it; this much of it is told, all of it is counted. */
const EVENTS_PER_SECOND = 5;

const admissionColumn: Readonly<Record<Admission | 'node-full' | 'denied', number>> = {
  admitted: clientColumn.connections,
  'too-many-per-second': clientColumn.connectionsRefusedByRate,
  'too-many-open': clientColumn.connectionsRefusedByCount,
  'node-full': clientColumn.connectionsRefusedByNode,
  denied: clientColumn.connectionsRefusedByAccess,
};

const formats = {
  elb: { line: elbLine, form: elbForm },
  json: { line: jsonLine, form: jsonForm },
} as const;

export interface RecorderParts {
  readonly book: CounterBook;
  /** Null where no access log can be written. */
  readonly accessLog: AccessLog | null;
  readonly format: keyof typeof formats;
  readonly log: WorkerContext['log'];
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
}

/** Where the records of one worker go: into counters, and into the access log of the listeners that have one. */
export class WorkerRecorder implements Recorder {
  private readonly parts: RecorderParts;
  private readonly format: (typeof formats)[keyof typeof formats];
  private readonly clock = new LogClock();
  private readonly limiter = new LogLimiter(EVENTS_PER_SECOND);

  constructor(parts: RecorderParts) {
    this.parts = parts;
    this.format = formats[parts.format];
  }

  record(record: ExchangeRecord): void {
    const { accessLog, book, nowMs } = this.parts;
    countExchange(book, record);
    if (!record.listener.isAccessLogEnabled || accessLog === null || isOwnRefusal(record)) return;
    this.clock.set(nowMs());
    accessLog.append(this.format.line(record, this.clock, this.textsOf(record)));
  }

  refused(listener: ListenerChunk, status: number, reason: string): void {
    this.parts.book.listener(listener.id)?.client.add(clientColumn.refusedRequests, 1);
    this.tell('request refused', { listener: listener.id, status, reason });
  }

  connection(listener: ListenerChunk, admission: Admission | 'node-full' | 'denied'): void {
    this.parts.book.listener(listener.id)?.client.add(admissionColumn[admission], 1);
  }

  handshakeFailed(listener: ListenerChunk, reason: string): void {
    this.parts.book.listener(listener.id)?.client.add(clientColumn.handshakeErrors, 1);
    this.tell('TLS handshake failed', { listener: listener.id, reason });
  }

  private textsOf({ connection }: ExchangeRecord): LogTexts {
    connection.logTexts ??= new LogTexts(this.format.form, connection.client, connection.secure);
    return connection.logTexts;
  }

  private tell(message: string, facts: Readonly<Record<string, string | number>>): void {
    const held = this.limiter.pass(this.parts.nowMs());
    if (held === null) return;
    this.parts.log('info', message, held === 0 ? facts : { ...facts, notShown: held });
  }
}

/** A 400 of the load balancer's own is no part of the access log; one that a member answered is. */
function isOwnRefusal({ status, attempts }: ExchangeRecord): boolean {
  return status === 400 && attempts.at(-1)?.status !== 400;
}
