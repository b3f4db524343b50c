/** What the operator of this installation has decided; read once at start, from flags, environment and file. */
export interface Settings {
  readonly dataDir: string;
  /** Where the API and the console listen. */
  readonly admin: { readonly host: string; readonly port: number };
  readonly workers: number;
  /** Label of this node; load balancers choose nodes by it. */
  readonly availabilityZone: string;
  /** Networks in CIDR form that may hold VIPs. */
  readonly frontendSubnets: readonly string[];
  /** Networks in CIDR form that connections to members come from; none: the host chooses. */
  readonly backendSubnets: readonly string[];
  /** Networks in CIDR form whose addresses load balancers can be known by to the world. */
  readonly publicAddresses: readonly string[];
  /** Members in loopback networks are fine where the node and its members share a machine. */
  readonly allowsLoopbackMembers: boolean;
  /** Members in link-local and metadata networks; off unless an operator insists. */
  readonly allowsLinkLocalMembers: boolean;
  /** DNS servers for the names of members, `ADDRESS` or `ADDRESS:PORT`; none: those of the machine. */
  readonly resolvers: readonly string[];
  /** Of a worker's core: above it answers go out uncompressed. 0: never. */
  readonly compressionCpuPercent: number;
  readonly quotas: Readonly<Record<QuotaKey, number>>;
  /** What speaks TLS with clients: the addon, `node:tls`, or the addon where it is built. */
  readonly tlsEngine: 'auto' | 'native' | 'node';
  /** Whether listeners write an access log. */
  readonly accessLog: 'off' | 'all';
  /** Lines as the cloud writes them, or one JSON object per line. */
  readonly accessLogFormat: 'elb' | 'json';
  /** MiB at which the file of the access log is renamed and a new one begun. */
  readonly accessLogRotateMib: number;
  /** Renamed files that stay; the oldest goes. */
  readonly accessLogKeep: number;
  /** Entries of the history that stay; the oldest go. */
  readonly historyKeepEntries: number;
  /** Days after which an entry of the history goes. */
  readonly historyKeepDays: number;
  /** Minutes without a sign of its user after which a session of the console ends. */
  readonly sessionIdleMinutes: number;
  /** Hours after which a session of the console ends in any case. */
  readonly sessionHours: number;
}

/** Keys as the API spells them; -1 means no limit. */
export type QuotaKey =
  | 'loadbalancer'
  | 'listener'
  | 'pool'
  | 'member'
  | 'certificate'
  | 'healthmonitor'
  | 'l7policy'
  | 'ipgroup'
  | 'security_policy'
  | 'members_per_pool'
  | 'listeners_per_pool'
  | 'condition_per_policy'
  | 'ipgroup_bindings'
  | 'ipgroup_max_length'
  | 'ipgroups_per_listener'
  | 'listeners_per_loadbalancer'
  | 'pools_per_l7policy'
  | 'l7policies_per_listener'
  | 'free_instance_members_per_pool'
  | 'free_instance_listeners_per_loadbalancer';

/** Defaults of the cloud's documentation, so that what it says about limits holds here. */
export const defaultQuotas: Settings['quotas'] = {
  loadbalancer: 50,
  listener: 100,
  pool: 500,
  member: 500,
  certificate: 120,
  healthmonitor: -1,
  l7policy: 500,
  ipgroup: 50,
  security_policy: 50,
  members_per_pool: 500,
  listeners_per_pool: 50,
  condition_per_policy: 10,
  ipgroup_bindings: 50,
  ipgroup_max_length: 300,
  ipgroups_per_listener: 1,
  listeners_per_loadbalancer: 50,
  pools_per_l7policy: 5,
  l7policies_per_listener: 100,
  free_instance_members_per_pool: 500,
  free_instance_listeners_per_loadbalancer: 50,
};
