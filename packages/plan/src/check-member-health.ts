import { boolean, type Check, type Checks, fields, integer, list, nullable, oneOf, text } from './check.ts';
import { isAddress } from './address.ts';
import { id } from './check-values.ts';
import type { MemberSeen } from './member-seen.ts';
import {
  type CheckTranscript,
  healthFailureCodes,
  type HealthReason,
  type MemberHealth,
  mostReportedMembers,
  mostTranscriptSteps,
  type TranscriptStep,
} from './member-health.ts';

const time = integer(0, Number.MAX_SAFE_INTEGER);
const line = text('a text of at most 1000 characters', (value) => value.length <= 1000);
const codes = text('a text of at most 64 characters', (value) => value.length <= 64);

const reason: Checks<HealthReason> = {
  code: oneOf(...healthFailureCodes),
  message: line,
  expected: nullable(codes),
  actual: nullable(codes),
};

const memberHealth: Checks<MemberHealth> = {
  memberId: id,
  status: oneOf('INITIAL', 'ONLINE', 'OFFLINE', 'UNKNOWN'),
  sinceMs: time,
  reason: nullable(fields(reason)),
};

const memberSeen: Checks<MemberSeen> = {
  memberId: id,
  addresses: list(text('an IPv4 or IPv6 literal', isAddress)),
  addressInUse: nullable(text('an IPv4 or IPv6 literal', isAddress)),
  resolutionProblem: nullable(line),
  connectErrors: time,
  connectTimeouts: time,
  failuresInARow: time,
  inFlight: time,
  ejectedUntilMs: nullable(time),
};

export const memberSeenList: Check = atMost(mostReportedMembers, list(fields(memberSeen)));

const step: Checks<TranscriptStep> = { atMs: time, text: line };

const checkTranscript: Checks<CheckTranscript> = {
  isHealthy: boolean,
  reason: nullable(fields(reason)),
  steps: atMost(mostTranscriptSteps, list(fields(step))),
};

export const memberHealthList: Check = atMost(mostReportedMembers, list(fields(memberHealth)));
export const transcript: Check = fields(checkTranscript);

/** Looks at the length before the items, so that a list that is too long costs nothing. */
function atMost(count: number, check: Check): Check {
  return (value, path) =>
    Array.isArray(value) && value.length > count
      ? [`${path} must hold at most ${count} items`]
      : check(value, path);
}
