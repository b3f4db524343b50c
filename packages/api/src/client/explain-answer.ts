/** What would become of a request, as `POST /elbow/v1/explain` tells it. */
export interface ExplainAnswer {
  readonly listener: {
    readonly id: string;
    readonly protocol: string;
    readonly vip_address: string;
    readonly protocol_port: number;
  };
  readonly access: {
    readonly mode: string;
    readonly from: string;
    readonly admitted: boolean;
    readonly listed_in: readonly string[];
  };
  readonly certificates: readonly string[];
  readonly request: {
    readonly method: string;
    readonly target: string;
    readonly host: string;
    readonly from: string;
  };
  /** Every policy that was tried, in order, the one that matched last. */
  readonly tried: readonly ExplainedPolicy[];
  readonly decision: ExplainedDecision;
  readonly pools: readonly {
    readonly pool_id: string;
    readonly weight: number;
    readonly members: readonly ExplainedMember[];
  }[];
  /** Pools that get a copy of the request. */
  readonly mirrors: readonly {
    readonly pool_id: string;
    readonly with_body: boolean;
    readonly members: readonly ExplainedMember[];
  }[];
}

export interface ExplainedMember {
  readonly id: string;
  readonly address: string;
  readonly protocol_port: number;
  readonly weight: number;
  readonly operating_status: string;
}

export interface ExplainedPolicy {
  readonly policy_id: string;
  readonly matched: boolean;
  readonly conditions: readonly {
    readonly type: string;
    readonly key: string | null;
    readonly expected: unknown;
    readonly seen: unknown;
    readonly matched: boolean;
  }[];
}

export interface ExplainedDecision {
  readonly kind: 'forward' | 'redirect' | 'fixed' | 'preflight' | 'answer';
  readonly policy_id: string | null;
  readonly limit: unknown;
  readonly status: number | null;
  readonly location: string | null;
  readonly body: string | null;
  readonly reason: string | null;
  readonly member_request: {
    readonly target: string;
    readonly host: string;
    readonly headers: readonly { readonly name: string; readonly value: string }[];
  } | null;
  readonly pools: readonly { readonly pool_id: string; readonly weight: number }[];
  /** Pools that get a copy of the request. */
  readonly mirrors: readonly { readonly pool_id: string; readonly with_body: boolean }[];
}
