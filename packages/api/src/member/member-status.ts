/** What is known of the health of a member, by all nodes together. */
export interface MemberStatus {
  readonly operatingStatus: 'NO_MONITOR' | 'INITIAL' | 'ONLINE' | 'OFFLINE' | 'UNKNOWN';
  /** Null unless checks have failed. */
  readonly reason: MemberReason | null;
  /** From when it has this status, as milliseconds since 1970; null where it is not a matter of time. */
  readonly sinceMs: number | null;
}

export interface MemberReason {
  readonly code: string;
  /** For people: what was expected and what came. */
  readonly message: string;
  readonly expected: string | null;
  readonly actual: string | null;
}

/** The published fields, and a sentence that says more. */
export function reasonToWire(reason: MemberReason | null) {
  if (reason === null) return null;
  return {
    reason_code: reason.code,
    expected_response: reason.expected,
    healthcheck_response: reason.actual,
    message: reason.message,
  };
}
