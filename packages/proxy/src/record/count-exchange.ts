import { clientCounters, upstreamCounters } from '@elbow/plan';
import type { CounterBook } from './counter-book.ts';
import { clientColumn, type CounterRow, upstreamColumn } from './counter-row.ts';
import type { AttemptRecord, ExchangeRecord } from './exchange-record.ts';

const CLIENT_BUCKETS = clientCounters.length;
const UPSTREAM_BUCKETS = upstreamCounters.length;

/** Adds one exchange to everything that took part in it: its listener, its pool and the members asked. */
export function countExchange(book: CounterBook, record: ExchangeRecord): void {
  const listener = book.listener(record.listener.id);
  const pool = record.poolId === null ? null : book.pool(record.poolId);
  if (listener !== null) countClient(listener.client, record);
  if (pool !== null) countClient(pool.client, record);
  for (let at = 0; at < record.attempts.length; at++) {
    const attempt = record.attempts[at]!;
    const member = pool?.members.get(attempt.memberId);
    if (listener !== null) countAttempt(listener.upstream, record, at);
    if (pool !== null) countAttempt(pool.upstream, record, at);
    if (member !== undefined) countAttempt(member, record, at);
  }
}

function countClient(row: CounterRow, record: ExchangeRecord): void {
  const { status } = record;
  row.add(clientColumn.requests, 1);
  row.add(clientColumn.status1xx + statusClass(status), 1);
  const single = singleStatus(status);
  if (single !== -1) row.add(single, 1);
  row.add(clientColumn.requestBytes, record.requestBytes);
  row.add(clientColumn.sentBytes, record.sentBytes);
  if (record.isCut) row.add(clientColumn.cutAnswers, 1);
  // How long a tunnel was open says nothing about how fast the service is.
  if (record.isTunnel) row.add(clientColumn.tunnels, 1);
  else row.time(clientColumn.durationMs, CLIENT_BUCKETS, record.durationMs);
}

function countAttempt(row: CounterRow, record: ExchangeRecord, at: number): void {
  const attempt = record.attempts[at]!;
  row.add(upstreamColumn.attempts, 1);
  // A second attempt at the same member replaces a stale connection, and is no retry.
  if (at > 0 && record.attempts[at - 1]!.memberId !== attempt.memberId) row.add(upstreamColumn.retries, 1);
  if (attempt.headerMs < 0) return countFailure(row, record, attempt);
  row.add(upstreamColumn.status1xx + statusClass(attempt.status), 1);
  if (!record.isTunnel && !record.isCut)
    row.time(upstreamColumn.durationMs, UPSTREAM_BUCKETS, attempt.responseMs);
}

/** An attempt without an answer. Trouble of this machine is not counted against the member. */
function countFailure(row: CounterRow, record: ExchangeRecord, { status, connectMs }: AttemptRecord): void {
  const isConnected = connectMs >= 0;
  if (status === 504)
    row.add(isConnected ? upstreamColumn.responseTimeouts : upstreamColumn.connectTimeouts, 1);
  else if (status !== 0)
    row.add(isConnected ? upstreamColumn.responseErrors : upstreamColumn.connectErrors, 1);
  else if (record.isCut) row.add(upstreamColumn.abandoned, 1);
}

/** How far from the column of 1xx the column of a status stands: five families, then all else. */
function statusClass(status: number): number {
  return status >= 100 && status < 600 ? Math.floor(status / 100) - 1 : 5;
}

/** The column of a status that is counted by itself too, or -1. */
function singleStatus(status: number): number {
  switch (status) {
    case 404:
      return clientColumn.status404;
    case 499:
      return clientColumn.status499;
    case 502:
      return clientColumn.status502;
    case 503:
      return clientColumn.status503;
    case 504:
      return clientColumn.status504;
    default:
      return -1;
  }
}
