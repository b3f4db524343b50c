import type { historyEntryToWire } from '../history/history-wire.ts';
import type { logTankToWire } from '../log-tank/log-tank-wire.ts';
import type { SeriesScope } from '../monitoring/series-query.ts';
import type { topologyToWire } from '../topology/topology-wire.ts';
import type { callerToWire, keyToWire, userToWire } from '../user/user-wire.ts';

/** What operators' calls answer: users, history, charts, logs, the try-out. */
export type UserWire = ReturnType<typeof userToWire>;
export type KeyWire = ReturnType<typeof keyToWire>;
export type CallerWire = ReturnType<typeof callerToWire>;
/** The only place where the secret half ever stands. */
export type NewKeyAnswer = KeyWire & { readonly secret_key: string };
export type HistoryEntryWire = ReturnType<typeof historyEntryToWire>;
export type LogTankWire = ReturnType<typeof logTankToWire>;
export type TopologyWire = ReturnType<typeof topologyToWire>;

/** One object over time; every list of values is as long as `timestamps`. */
export interface SeriesAnswer {
  readonly scope: SeriesScope;
  readonly id: string;
  /** Seconds. */
  readonly step: number;
  readonly timestamps: readonly string[];
  /** By name; null where nobody looked. */
  readonly values: Readonly<Record<string, readonly (number | null)[]>>;
}

/** What somebody should look at, worst first. */
export interface AttentionAnswer {
  readonly thresholds: { readonly limit_percent: number; readonly certificate_days: number };
  readonly counts: {
    readonly load_balancers: number;
    readonly listeners: number;
    readonly pools: number;
    readonly members: { readonly all: number; readonly online: number; readonly offline: number };
    readonly certificates: number;
  };
  readonly items: readonly AttentionItem[];
  /** How many more there are. */
  readonly omitted: number;
}

interface AttentionBase {
  readonly severity: 'critical' | 'warning';
  readonly resource_type: string;
  readonly resource_id: string;
  /** Empty for one without a name. */
  readonly resource_name: string;
}

export type AttentionItem = AttentionBase &
  (
    | { readonly kind: 'no_node' }
    | { readonly kind: 'node_refuses' | 'not_served'; readonly reason: string }
    | { readonly kind: 'members_down'; readonly down: number; readonly members: number }
    | {
        readonly kind: 'certificate_expired' | 'certificate_expires';
        readonly expires_at: string;
        readonly days_left: number;
        readonly listeners: number;
      }
    | {
        readonly kind: 'connections_near_limit' | 'new_connections_near_limit';
        /** Of the node that is closest to it. */
        readonly percent: number;
        readonly value: number;
        readonly limit: number;
      }
  );

export interface AccessLogAnswer {
  /** Whether every load balancer writes one, whatever its own switch says. */
  readonly enabled: 'off' | 'all';
  readonly format: 'elb' | 'json';
  readonly entries: readonly AccessLogEntry[];
  readonly cursors: { readonly older: string | null; readonly newer: string };
  readonly scanned_bytes: number;
}

/** Names as in the cloud's log format; times in seconds; lists have an entry per attempt. */
export interface AccessLogEntry {
  readonly raw: string;
  /** Seconds since 1970 with milliseconds behind the point; a number, or text that looks like one. */
  readonly msec: number;
  readonly time_iso8601: string;
  readonly remote_addr: string;
  readonly remote_port: number | null;
  readonly status: number;
  readonly request_method: string;
  readonly scheme: string | null;
  readonly host: string | null;
  readonly router_request_uri: string;
  readonly server_protocol: string;
  readonly request_length: number;
  readonly bytes_sent: number;
  readonly body_bytes_sent: number;
  readonly request_time: number;
  readonly upstream_status: readonly (number | null)[];
  readonly upstream_connect_time: readonly (number | null)[];
  readonly upstream_header_time: readonly (number | null)[];
  readonly upstream_response_time: readonly (number | null)[];
  readonly upstream_addr: readonly (string | null)[];
  readonly http_user_agent: string | null;
  readonly http_referer: string | null;
  readonly http_x_forwarded_for: string | null;
  readonly lb_name: string;
  readonly listener_name: string;
  readonly pool_name: string | null;
  readonly member_name: readonly (string | null)[];
  readonly certificate_id: string | null;
  readonly ssl_protocol: string | null;
  readonly ssl_cipher: string | null;
  readonly sni_domain_name: string | null;
  /** The last three only in the JSON format. */
  readonly alpn?: string | null;
  readonly early_data?: number;
  readonly error_reason?: string | null;
}

export interface DemoBackendAnswer {
  readonly name: string;
  readonly address: string;
  readonly protocol_port: number;
  readonly protocol: string;
}

/** Of `/elbow/v1/me/password`. */
export interface PasswordChangeBody {
  readonly current_password: string;
  readonly new_password: string;
}

export interface UserCreateBody {
  readonly name: string;
  readonly role: 'reader' | 'editor' | 'admin';
  readonly password: string;
  readonly description?: string;
  readonly enabled?: boolean;
}

export type UserUpdateBody = Partial<UserCreateBody> & { readonly current_password?: string };

export interface LogTankCreateBody {
  readonly loadbalancer_id: string;
  readonly log_group_id: string;
  readonly log_topic_id: string;
}
