import type { memberTlsToWire, passiveEjectionToWire } from '../pool/pool-extras.ts';

/** What `/elbow/v1/certificates/inspect` found in a PEM text. */
export interface InspectionAnswer {
  /** Whether it could be stored as it is. */
  readonly usable: boolean;
  /** Of the first certificate; null when none can be read, and then the facts below are missing. */
  readonly subject: string | null;
  readonly issuer?: string;
  readonly common_name?: string;
  readonly names?: readonly string[];
  readonly not_before?: string;
  readonly not_after?: string;
  readonly key_type?: string;
  /** Bits of an RSA key, or the name of the curve. */
  readonly key_size?: string | null;
  readonly signature_algorithm?: string | null;
  readonly fingerprint?: string;
  readonly serial_number?: string;
  readonly self_signed?: boolean;
  readonly authority?: boolean;
  readonly chain_length: number;
  readonly private_key: 'not given' | 'matches' | 'does not match';
  readonly problems: readonly {
    readonly severity: 'error' | 'warning';
    /** As the create body names it: `certificate.private_key`. */
    readonly field: string;
    readonly message: string;
  }[];
}

/** A pool with what the v3 API has no word for. */
export interface PoolExtrasAnswer {
  readonly id: string;
  /** Null unless the pool speaks HTTPS. */
  readonly member_tls: ReturnType<typeof memberTlsToWire>;
  readonly passive_ejection: ReturnType<typeof passiveEjectionToWire>;
  readonly members: readonly {
    readonly id: string;
    readonly address: string;
    readonly protocol_port: number;
    readonly seen: readonly MemberSeenAnswer[];
  }[];
}

/** What one node saw of a member. */
export interface MemberSeenAnswer {
  readonly node_id: string;
  readonly resolved_addresses: readonly string[];
  readonly address_in_use: string | null;
  readonly resolution_problem: string | null;
  readonly connect_errors: number;
  readonly connect_timeouts: number;
  readonly connect_failures_in_a_row: number;
  /** Sent to the member by this node and not answered in full yet. */
  readonly requests_in_flight: number;
  /** Passive ejection keeps requests away until then. */
  readonly left_out_until: string | null;
}
