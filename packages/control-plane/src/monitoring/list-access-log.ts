import { join } from 'node:path';
import { type AccessLogFilter, type AccessLogQuery, parseAccessLogQuery, positionToWire } from '@elbow/api';
import type { Settings } from '@elbow/model';
import { valueOf } from '../services/crud/refusal.ts';
import type { Answer, Call } from '../services/crud/service-context.ts';
import { type LogFields, readLogLine } from './access-log-line.ts';
import { endOfLog, readBackwards, readForwards, type ReadLines, type ReadWish } from './log-reader.ts';

/** Workers write in batches of their own: a line may stand this far from where its time would put it. */
const disorderMs = 10_000;

/**
 * `GET /elbow/v1/access-log`: the newest lines first, or with `after` what has come since, the oldest first. Each call
 * looks through a bounded part of the files and says where to go on.
 */
export async function listAccessLog(settings: Settings, call: Call): Promise<Answer> {
  const query = valueOf(parseAccessLogQuery(call.query));
  const path = join(settings.dataDir, 'log', 'access.log');
  const filter: AccessLogFilter = query;
  const wish: ReadWish = {
    path,
    keep: settings.accessLogKeep,
    limit: query.limit,
    accepts: (line) => accepts(filter, line),
    isTooOld: (line) => query.sinceMs !== null && timeOf(line) < query.sinceMs - disorderMs,
  };
  // Asked first: what comes while older lines are read belongs to the next look.
  const end = await endOfLog(path);
  const found = await read(wish, query);
  const isForward = query.after !== null;
  const cursors = {
    older: isForward || found.next === null ? null : positionToWire(found.next),
    newer: newerCursor(isForward ? found.next : end),
  };
  const inTime = found.lines.toSorted((a, b) => timeOf(a.text) - timeOf(b.text));
  const entries = (isForward ? inTime : inTime.reverse()).map(({ text }) => ({
    ...readLogLine(text),
    raw: text,
  }));
  const access_log = {
    enabled: settings.accessLog,
    format: settings.accessLogFormat,
    entries,
    cursors,
    scanned_bytes: found.scannedBytes,
  };
  return { status: 200, body: { access_log } };
}

function newerCursor(position: { readonly file: string; readonly offset: number } | null): string {
  return positionToWire(position ?? { file: '0', offset: 0 });
}

function read(wish: ReadWish, { before, after }: AccessLogQuery): Promise<ReadLines> {
  return after === null ? readBackwards(wish, before) : readForwards(wish, after);
}

/** Milliseconds since 1970 as both formats write them near the beginning. */
function timeOf(line: string): number {
  return Number(/^(?:\{"msec":)?(\d+\.\d+)/.exec(line)?.[1] ?? 0) * 1000;
}

/** Cheap looks at the text come first: most lines of a large file are of no interest. */
function accepts(filter: AccessLogFilter, line: string): boolean {
  const { listenerId, loadBalancerId, sinceMs, untilMs } = filter;
  if (listenerId !== null && !line.includes(`listener_${listenerId}`)) return false;
  if (loadBalancerId !== null && !line.includes(`loadbalancer_${loadBalancerId}`)) return false;
  const atMs = timeOf(line);
  if (sinceMs !== null && atMs < sinceMs) return false;
  if (untilMs !== null && atMs > untilMs) return false;
  const fields = readLogLine(line);
  return fields !== null && fits(filter, fields);
}

function fits(filter: AccessLogFilter, fields: LogFields): boolean {
  const { status, method, pathHolds, member, client, listenerId, loadBalancerId } = filter;
  const text = (name: string): string => String(fields[name] ?? '');
  const list = (name: string): readonly string[] => ((fields[name] ?? []) as unknown[]).map(String);
  // The ids might have stood in what a client sent.
  if (listenerId !== null && text('listener_name') !== `listener_${listenerId}`) return false;
  if (loadBalancerId !== null && text('lb_name') !== `loadbalancer_${loadBalancerId}`) return false;
  if (status !== null && !fitsStatus(status, text('status'))) return false;
  if (method !== null && text('request_method') !== method) return false;
  if (pathHolds !== null && !text('router_request_uri').includes(pathHolds)) return false;
  if (client !== null && !text('remote_addr').startsWith(client)) return false;
  if (member === null) return true;
  const isAddress = list('upstream_addr').some((one) => one === member || one.startsWith(`${member}:`));
  return isAddress || list('member_name').includes(`member_${member}`);
}

function fitsStatus(wanted: string, status: string): boolean {
  return wanted.endsWith('xx') ? status.startsWith(wanted[0]!) : status === wanted;
}
