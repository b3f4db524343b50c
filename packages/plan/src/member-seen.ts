/** What a node saw of one member while it served, asked for when somebody looks. */
export interface MemberSeen {
  readonly memberId: string;
  /** What its name stands for now; empty for a member with an address, and for a name without an answer. */
  readonly addresses: readonly string[];
  /** Where requests go; null while there is nowhere. */
  readonly addressInUse: string | null;
  /** Why the last look-up of its name brought nothing new, or why none of the addresses may be used; else null. */
  readonly resolutionProblem: string | null;
  /** Connections that could not be made for requests, since the node began to count. */
  readonly connectErrors: number;
  readonly connectTimeouts: number;
  readonly failuresInARow: number;
  /** Requests that the member has and has not answered in full. */
  readonly inFlight: number;
  /** In ms since 1970; null unless it gets nothing now because of its failures. */
  readonly ejectedUntilMs: number | null;
}
