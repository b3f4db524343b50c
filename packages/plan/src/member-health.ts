import type { HealthCheck } from './chunk.ts';

/** What a node found out about the members that it checks. */

/**
 * `INITIAL`: no check has ended yet. `UNKNOWN`: checks have not come to an end for three intervals; requests still go
 * where the last known state lets them.
 */
export type HealthStatus = 'INITIAL' | 'ONLINE' | 'OFFLINE' | 'UNKNOWN';

/** Why a check failed, in the words of the API. */
export const healthFailureCodes = [
  'CONNECT_TIMEOUT',
  'CONNECT_REFUSED',
  'CONNECT_FAILED',
  'CONNECT_INTERRUPT',
  'SSL_HANDSHAKE_ERROR',
  'RECV_RESPONSE_FAILED',
  'RECV_RESPONSE_TIMEOUT',
  'SEND_REQUEST_FAILED',
  'SEND_REQUEST_TIMEOUT',
  'RESPONSE_FORMAT_ERROR',
  'RESPONSE_MISMATCH',
] as const;

export type HealthFailureCode = (typeof healthFailureCodes)[number];

export interface HealthReason {
  readonly code: HealthFailureCode;
  /** What was expected and what came, as a sentence for an operator. */
  readonly message: string;
  /** The codes that would have been right; null unless a code came that was not among them. */
  readonly expected: string | null;
  /** The code that came; null unless it was not among them. */
  readonly actual: string | null;
}

export interface MemberHealth {
  readonly memberId: string;
  readonly status: HealthStatus;
  /** From when it has this status, in ms since 1970. */
  readonly sinceMs: number;
  /** The last failure of a member that is OFFLINE, or that was when checks ended; else null. */
  readonly reason: HealthReason | null;
}

/** Members in one message about health: keeps it bounded. A node with more members says nothing about the rest. */
export const mostReportedMembers = 20_000;

/** One check of a place that need not be a member of anything. */
export interface OneOffCheck {
  /** An IPv4 or IPv6 literal, or a host name that the node resolves. */
  readonly address: string;
  readonly port: number;
  readonly check: HealthCheck;
}

/** One check made because somebody asked, step by step. */
export interface CheckTranscript {
  readonly isHealthy: boolean;
  /** Null when it is healthy, and when the check could not be made because of this machine. */
  readonly reason: HealthReason | null;
  readonly steps: readonly TranscriptStep[];
}

export interface TranscriptStep {
  /** Since the beginning of the check. */
  readonly atMs: number;
  readonly text: string;
}

/** Steps in one transcript. */
export const mostTranscriptSteps = 50;
