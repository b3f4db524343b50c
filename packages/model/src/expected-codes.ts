import type { HealthMonitor } from './health-monitor.ts';

/** Both ends belong to it. */
export interface ExpectedCodes {
  readonly from: number;
  readonly to: number;
}

const mostEntries = 5;
const mostCharacters = 64;

interface Span {
  readonly least: number;
  readonly most: number;
  readonly usual: string;
}

const http: Span = { least: 200, most: 599, usual: '200' };
const grpc: Span = { least: 0, most: 99, usual: '0' };

function spanOf(type: HealthMonitor['type']): Span {
  return type === 'GRPC' ? grpc : http;
}

/** What a monitor expects that names no codes. */
export function usualCodes(type: HealthMonitor['type']): string {
  return spanOf(type).usual;
}

/** What is wrong with a list of codes does not depend on where it stands, so this completes "must be …". */
export function expectedCodesRule(type: HealthMonitor['type']): string {
  const { least, most } = spanOf(type);
  const codes = type === 'GRPC' ? 'gRPC codes' : 'HTTP codes';
  return (
    `up to ${mostEntries} ${codes} from ${least} to ${most} or ranges of them, separated by commas, in at most ` +
    `${mostCharacters} characters, such as ${type === 'GRPC' ? '0,12 or 0-99' : '200,202 or 200-204,301'}`
  );
}

/** `200`, `200,202`, `200-204,300-399`; null when it is something else. */
export function parseExpectedCodes(
  text: string,
  type: HealthMonitor['type'],
): readonly ExpectedCodes[] | null {
  if (text.length > mostCharacters) return null;
  const entries = text.split(',');
  if (entries.length > mostEntries) return null;
  const codes = entries.map((entry) => parseEntry(entry, spanOf(type)));
  return codes.every((entry) => entry !== null) ? codes : null;
}

function parseEntry(entry: string, { least, most }: Span): ExpectedCodes | null {
  const match = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(entry);
  if (match === null) return null;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  return from >= least && from <= to && to <= most ? { from, to } : null;
}
