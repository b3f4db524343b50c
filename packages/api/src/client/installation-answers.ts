/** What the calls below `/elbow/v1` answer. */
export interface NodeAnswer {
  readonly id: string;
  readonly availability_zone: string;
  readonly process_id: number;
  readonly runtime: string;
  /** The newest revision that was sent to the node. */
  readonly delivered_revision: number;
  /** The newest revision that every live worker serves. */
  readonly revision: number;
  /** Why the node did not take the newest plan, or null. */
  readonly refusal: string | null;
  readonly workers: readonly {
    readonly id: number;
    readonly revision: number;
    readonly state: 'starting' | 'serving' | 'dead';
    readonly connections: number;
  }[];
}

export interface CapabilitiesAnswer {
  /** Listeners below it are refused. */
  readonly lowest_port: number;
  readonly early_data: boolean;
  /** Why there is none; null where there is. */
  readonly early_data_reason: string | null;
  readonly tls_engine: 'native' | 'node';
  readonly http2: boolean;
  readonly unavailable_ciphers: { readonly names: readonly string[]; readonly reason: string };
}

export interface SubnetAnswer {
  /** What `vip_subnet_cidr_id` names. */
  readonly id: string;
  /** What `elb_virsubnet_ids` name. */
  readonly network_id: string;
  readonly vpc_id: string;
  readonly cidr: string;
  readonly is_frontend: boolean;
  readonly is_backend: boolean;
  /** Addresses that hosts can have. */
  readonly total: number;
  readonly used: number;
  readonly free: number;
}

/** An address that a load balancer can be known by to the world. */
export interface PublicIpAnswer {
  readonly id: string;
  readonly address: string;
  readonly ip_version: 4 | 6;
  /** Perhaps by a load balancer of another project, which is not named. */
  readonly is_in_use: boolean;
  readonly loadbalancer_id: string | null;
}

/** An object that a node does not serve as asked. */
export interface TroubleAnswer {
  readonly kind: string;
  readonly id: string;
  readonly reason: string;
}
