/** Something that was looked at. */
export interface CheckItem {
  readonly name: string;
  readonly isFine: boolean;
  /** A sentence that says what was found. */
  readonly reason: string;
  /** `Tips` does not keep requests from the member. */
  readonly severity: 'Major' | 'Tips';
}

/** What a look at everything that can keep requests from a member has found so far. */
export interface MemberCheck {
  readonly listenerId: string;
  readonly itemCount: number;
  /** Of the configuration, in the order in which they were looked at. */
  readonly items: readonly CheckItem[];
  /** Of one check that a node made, step by step. */
  readonly transcript: readonly { readonly atMs: number; readonly text: string }[];
  /** What of the cloud is asked about that does not exist here: all is well with it. */
  readonly hasSecurityGroup: boolean;
  readonly hasAcl: boolean;
}
