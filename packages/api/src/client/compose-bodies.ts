import type { WarningCode } from '@elbow/model';
import type { HealthMonitorCreateBody } from '../health-monitor/health-monitor-body.ts';
import type { healthMonitorToWire } from '../health-monitor/health-monitor-wire.ts';
import type { ListenerCreateBody } from '../listener/listener-body.ts';
import type { listenerToWire } from '../listener/listener-wire.ts';
import type { MemberCreateBody } from '../member/member-body.ts';
import type { memberToWire } from '../member/member-wire.ts';
import type { PoolCreateBody } from '../pool/pool-body.ts';
import type { poolToWire } from '../pool/pool-wire.ts';

/** Of `listeners/compose` and `plan-preview`: a listener and what it needs, made together or not at all. */
export interface ComposeBody {
  readonly listener: ListenerCreateBody;
  readonly pool?: PoolCreateBody | null;
  readonly members?: readonly MemberCreateBody[];
  /** Its pool is the listener's. */
  readonly healthmonitor?: Omit<HealthMonitorCreateBody, 'pool_id'> | null;
  /** Names that clients will ask for, to be compared with those of the certificates. */
  readonly server_names?: readonly string[];
}

/** Parts that were not asked for, or could not be made in a preview, are null. */
export interface ComposedAnswer {
  readonly listener: ReturnType<typeof listenerToWire> | null;
  readonly pool: ReturnType<typeof poolToWire> | null;
  readonly healthmonitor: ReturnType<typeof healthMonitorToWire> | null;
  readonly members: readonly ReturnType<typeof memberToWire>[];
}

export interface PlanAnswer {
  readonly valid: boolean;
  readonly errors: readonly {
    /** Full path in the body: `listener.name`, `members[1].address`; null for what is about no field. */
    readonly field: string | null;
    readonly code: string;
    readonly message: string;
  }[];
  readonly warnings: readonly {
    readonly code: WarningCode;
    readonly field: string;
    readonly message: string;
  }[];
  readonly creates: ComposedAnswer;
}

/** Of `listeners/{id}/clone`. */
export interface ListenerCloneBody {
  readonly target_listener_params: readonly {
    readonly loadbalancer_id: string;
    readonly name?: string;
    readonly protocol_port?: number;
    readonly reuse_pool?: boolean;
  }[];
}

export interface TagChangeBody {
  readonly action: 'create' | 'delete';
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

export interface LimitsAnswer {
  readonly listener: { readonly cps: number; readonly connection: number };
  readonly flavor: {
    readonly id: string;
    readonly name: string;
    readonly cps: number;
    readonly connection: number;
  } | null;
  readonly effective: { readonly cps: number; readonly connection: number };
}
