import type { ListenerValues } from '../form/listener-values.ts';

export const steps = ['listener', 'pool', 'members', 'confirm'] as const;
export type Step = (typeof steps)[number];

/** A group to forward to: one that is there, or a new one. Names are those of the API. */
export interface PoolValues {
  readonly choice: 'existing' | 'new';
  readonly default_pool_id: string | undefined;
  readonly name: string;
  readonly type: 'instance' | 'ip';
  readonly protocol: 'HTTP' | 'HTTPS' | 'GRPC';
  readonly lb_algorithm: 'ROUND_ROBIN' | 'LEAST_CONNECTIONS' | 'SOURCE_IP';
  readonly isSticky: boolean;
  readonly session_persistence: {
    readonly type: 'HTTP_COOKIE' | 'APP_COOKIE';
    readonly cookie_name: string;
    readonly persistence_timeout: number | null;
  };
  readonly slow_start: { readonly enable: boolean; readonly duration: number | null };
  readonly isFailOpen: boolean;
  readonly member_deletion_protection_enable: boolean;
  readonly description: string;
}

/** One row of the table of servers, as it is typed. */
export interface MemberRow {
  readonly key: number;
  readonly address: string;
  readonly protocol_port: number | null;
  readonly weight: number | null;
  readonly name: string;
}

export interface MonitorValues {
  readonly isOn: boolean;
  readonly type: 'TCP' | 'HTTP' | 'HTTPS' | 'TLS' | 'GRPC';
  readonly hasDomain: boolean;
  readonly domain_name: string;
  readonly monitor_port: number | null;
  readonly url_path: string;
  readonly http_method: 'GET' | 'HEAD' | 'POST';
  readonly expected_codes: string;
  readonly delay: number | null;
  readonly timeout: number | null;
  readonly max_retries: number | null;
  readonly max_retries_down: number | null;
}

/** Everything that was filled in so far. */
export interface WizardDraft {
  readonly listener: ListenerValues;
  readonly pool: PoolValues;
  readonly members: readonly MemberRow[];
  readonly monitor: MonitorValues;
  readonly serverNames: readonly string[];
  /** The steps up to here have been seen and found right. */
  readonly reached: Step;
}

export const usualPool: Omit<PoolValues, 'choice' | 'name'> = {
  default_pool_id: undefined,
  type: 'ip',
  protocol: 'HTTP',
  lb_algorithm: 'ROUND_ROBIN',
  isSticky: false,
  session_persistence: { type: 'HTTP_COOKIE', cookie_name: '', persistence_timeout: 20 },
  slow_start: { enable: false, duration: 30 },
  isFailOpen: false,
  member_deletion_protection_enable: false,
  description: '',
};

export const usualMonitor: MonitorValues = {
  isOn: true,
  type: 'HTTP',
  hasDomain: false,
  domain_name: '',
  monitor_port: null,
  url_path: '/',
  http_method: 'GET',
  expected_codes: '200',
  delay: 5,
  timeout: 3,
  max_retries: 3,
  max_retries_down: 3,
};

/** Steps of this draft in their order: a group that is there has its servers already. */
export function stepsOf({ pool }: Pick<WizardDraft, 'pool'>): readonly Step[] {
  return pool.choice === 'existing' ? steps.filter((step) => step !== 'members') : steps;
}

/** Pool protocols that listeners of a protocol can forward to. */
export function poolProtocolsFor(protocol: string): readonly PoolValues['protocol'][] {
  return protocol === 'HTTPS' ? ['HTTP', 'HTTPS', 'GRPC'] : ['HTTP'];
}

/** `listener-` and four letters that have not been used for it, most likely. */
export function randomName(prefix: string): string {
  const letters = crypto.getRandomValues(new Uint8Array(4));
  return prefix + Array.from(letters, (byte) => String.fromCharCode(97 + (byte % 26))).join('');
}
