import { isAddress } from './address.ts';
import { boolean, type Check, type Checks, fields, integer, list, nullable, oneOf, text } from './check.ts';
import { certificatePem, delayMs, id, port } from './check-values.ts';
import type {
  CodeRange,
  HealthCheck,
  MemberEntry,
  MemberTls,
  PassiveEjection,
  PoolChunk,
  SlowStart,
  Stickiness,
} from './chunk.ts';
import type { OneOffCheck } from './member-health.ts';

/** Longest name of a cookie that the API takes. */
const maxCookieName = 1024;
/** The API's longest lifetime of a cookie is a day. */
const maxLifetimeMs = 24 * 60 * 60 * 1000;

/** A token of RFC 9110 §5.6.2. */
const cookieName = text(
  `a cookie name of at most ${maxCookieName} letters`,
  (value) => value.length <= maxCookieName && /^[\w!#$%&'*+.^`|~-]+$/.test(value),
);
/** Both go into requests as they are, so nothing that could end a line or a request line may be in them. */
const hostName = text('a host name', (value) => /^[\w.-]{1,255}$/.test(value));
const path = text('a path of visible characters', (value) => /^\/[\x21-\x7e]{0,1023}$/.test(value));

const lbCookie: Checks<Extract<Stickiness, { kind: 'cookie' }>> = {
  kind: oneOf('cookie'),
  lifetimeMs: integer(1000, maxLifetimeMs),
};
const applicationCookie: Checks<Extract<Stickiness, { kind: 'application-cookie' }>> = {
  kind: oneOf('application-cookie'),
  name: cookieName,
};
const stickiness: Check = (value, at) => {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  return kind === 'application-cookie' ? fields(applicationCookie)(value, at) : fields(lbCookie)(value, at);
};

const slowStart: Checks<SlowStart> = { durationMs: delayMs(1) };

const passiveEjection: Checks<PassiveEjection> = {
  failures: integer(1, 1000),
  durationMs: integer(1000, 3_600_000),
};

const codeRange: Checks<CodeRange> = { from: integer(0, 599), to: integer(0, 599) };

const healthCheck: Checks<HealthCheck> = {
  type: oneOf('TCP', 'HTTP', 'HTTPS', 'TLS', 'GRPC'),
  port: nullable(port),
  domainName: nullable(hostName),
  virtualAddress: nullable(text('an IPv4 or IPv6 literal', isAddress)),
  path,
  method: oneOf('GET', 'HEAD', 'POST'),
  expectedCodes: list(fields(codeRange)),
  intervalMs: delayMs(1),
  timeoutMs: delayMs(1),
  healthyThreshold: integer(1, 100),
  unhealthyThreshold: integer(1, 100),
  sourceAddresses: list(text('an IPv4 or IPv6 literal', isAddress)),
};

/** What only consists of digits and dots, or has a colon, has to be a whole address. */
function isPlace(value: string): boolean {
  return (
    isAddress(value) || (/^[a-z0-9_.-]{1,253}$/.test(value) && !/(?:^|\.)(?:\d+|0x[0-9a-f]*)$/.test(value))
  );
}

const place = text('an IPv4 or IPv6 literal, or a host name', isPlace);

const checkOnce: Checks<OneOffCheck> = { address: place, port, check: fields(healthCheck) };
export const oneOffCheck: Check = fields(checkOnce);

const member: Checks<MemberEntry> = {
  id,
  address: place,
  port,
  weight: integer(0, 100),
  slowStartAtMs: nullable(integer(0, Number.MAX_SAFE_INTEGER)),
};

const memberTls: Checks<MemberTls> = { caPem: nullable(certificatePem), serverName: nullable(hostName) };

export const poolShape: Checks<PoolChunk> = {
  kind: oneOf('pool'),
  id,
  protocol: oneOf('HTTP', 'HTTPS', 'GRPC'),
  memberTls: nullable(fields(memberTls)),
  algorithm: oneOf('ROUND_ROBIN', 'LEAST_CONNECTIONS', 'SOURCE_IP'),
  stickiness: nullable(stickiness),
  slowStart: nullable(fields(slowStart)),
  healthCheck: nullable(fields(healthCheck)),
  isFailOpen: boolean,
  passiveEjection: nullable(fields(passiveEjection)),
  members: list(fields(member)),
};

/** Rules between the fields of a pool whose shape is right. */
export function checkPoolRules(pool: PoolChunk): readonly string[] {
  const problems: string[] = [];
  if (new Set(pool.members.map((entry) => entry.id)).size < pool.members.length)
    problems.push('pool.members must have different ids');
  if ((pool.memberTls !== null) !== (pool.protocol === 'HTTPS'))
    problems.push('pool.memberTls must be present for HTTPS and null otherwise');
  if (pool.stickiness !== null && pool.algorithm === 'SOURCE_IP')
    problems.push('pool.stickiness must be null where the algorithm is SOURCE_IP');
  if (pool.slowStart !== null && pool.algorithm !== 'ROUND_ROBIN')
    problems.push('pool.slowStart needs the algorithm ROUND_ROBIN');
  if (pool.healthCheck?.expectedCodes.some(({ from, to }) => from > to) === true)
    problems.push('pool.healthCheck.expectedCodes must begin at or below their end');
  return problems;
}
