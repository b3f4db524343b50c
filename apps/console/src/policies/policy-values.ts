import type { L7PolicyCreateBody, L7PolicyWire, L7RuleWire } from '@elbow/api';
import { conditionsOf } from '@elbow/model';
import { poolShares, type WholePolicy } from './whole-policy.ts';

export type PolicyAction = L7PolicyWire['action'];
export type RuleType = L7RuleWire['type'];
type CreateBody = L7PolicyCreateBody;
type RuleBody = NonNullable<CreateBody['rules']>[number];
type UrlBody = NonNullable<CreateBody['redirect_url_config']>;
type FixedBody = NonNullable<CreateBody['fixed_response_config']>;
type ExtendBody = NonNullable<CreateBody['redirect_pools_extend_config']>;
type Inserted = NonNullable<ExtendBody['insert_headers_config']>['configs'][number];

/** What goes with each action. */
type Target = Pick<
  CreateBody,
  | 'redirect_pool_id'
  | 'redirect_pools_config'
  | 'redirect_pools_sticky_session_config'
  | 'redirect_pools_extend_config'
  | 'redirect_listener_id'
  | 'redirect_url_config'
  | 'fixed_response_config'
>;

export interface RuleValues {
  readonly type: RuleType;
  readonly compare_type: RuleBody['compare_type'];
  readonly key: string;
  /** The values alone. */
  readonly conditions: readonly string[];
}

/** Header names instead of objects around them; absent: not asked for. */
interface EditValues {
  readonly insert_headers_config?: { readonly configs: readonly Partial<Inserted>[] } | null;
  readonly remove_headers_config?: { readonly configs: readonly string[] } | null;
}

export type UrlValues = Omit<UrlBody, keyof EditValues> & EditValues;
export type FixedValues = Omit<FixedBody, keyof EditValues> & EditValues;
export type ExtendValues = Omit<ExtendBody, keyof EditValues> & EditValues;

/** The form under the API's names, so that complaints of the server find their fields. */
export interface PolicyValues {
  readonly name: string;
  readonly description: string;
  readonly priority: number | null;
  readonly action: PolicyAction;
  readonly rules: readonly RuleValues[];
  readonly redirect_pools_config: readonly { readonly pool_id?: string; readonly weight: number }[];
  readonly redirect_pools_sticky_session_config: { readonly enable: boolean; readonly timeout: number };
  readonly redirect_pools_extend_config: ExtendValues;
  readonly redirect_listener_id: string | null;
  readonly redirect_url_config: UrlValues;
  readonly fixed_response_config: FixedValues;
}

const newUrl: UrlValues = {
  protocol: 'HTTPS',
  host: '${host}',
  port: '443',
  path: '${path}',
  query: '${query}',
  status_code: '301',
};
const newFixed: FixedValues = { status_code: '200', content_type: 'text/plain', message_body: '' };

export const firstRule: RuleValues = { type: 'PATH', compare_type: 'STARTS_WITH', key: '', conditions: [] };

export function valuesOf(policy: WholePolicy | null): PolicyValues {
  const shares = policy === null ? [] : poolShares(policy);
  const sticky = policy?.redirect_pools_sticky_session_config ?? { enable: false, timeout: 1440 };
  return {
    name: policy?.name ?? '',
    description: policy?.description ?? '',
    priority: policy?.priority ?? null,
    action: policy?.action ?? 'REDIRECT_TO_POOL',
    rules: policy === null ? [firstRule] : policy.rules.map(ruleValues),
    redirect_pools_config: shares.length === 0 ? [{ weight: 1 }] : shares,
    redirect_pools_sticky_session_config: sticky,
    redirect_pools_extend_config: withoutNulls<ExtendValues>(policy?.redirect_pools_extend_config) ?? {},
    redirect_listener_id: policy?.redirect_listener_id ?? null,
    redirect_url_config: withoutNulls<UrlValues>(policy?.redirect_url_config) ?? newUrl,
    fixed_response_config: withoutNulls<FixedValues>(policy?.fixed_response_config) ?? newFixed,
  };
}

function ruleValues(rule: L7RuleWire): RuleValues {
  const conditions = conditionsOf(rule);
  return {
    type: rule.type,
    compare_type: rule.compare_type,
    key: conditions[0]?.key ?? '',
    conditions: conditions.map(({ value }) => value),
  };
}

interface EditWire {
  readonly insert_headers_config: { readonly configs: readonly Inserted[] } | null;
  readonly remove_headers_config: { readonly configs: readonly { readonly key: string }[] } | null;
}

/** What is null was not asked for, and stays out of the form. */
function withoutNulls<Values>(wire: EditWire | null | undefined): Values | null {
  if (wire === null || wire === undefined) return null;
  const removed = wire.remove_headers_config;
  const edits = { remove_headers_config: removed && { configs: removed.configs.map(({ key }) => key) } };
  const said = Object.entries({ ...wire, ...edits }).filter(([, value]) => value !== null);
  return Object.fromEntries(said) as unknown as Values;
}

/** Everything about the policy: what the form does not show any more is taken away. */
export function bodyOf(values: PolicyValues, isAdvanced: boolean) {
  const { action, name, description } = values;
  const rules = (values.rules ?? []).map((rule) => ruleBody(rule, isAdvanced));
  // With advanced forwarding a place may be given; without, or for a redirect to a listener, there is none.
  const hasPlace = isAdvanced && action !== 'REDIRECT_TO_LISTENER' && typeof values.priority === 'number';
  const place = hasPlace ? { priority: values.priority as number } : {};
  return { name, description: description ?? '', action, rules, ...place, ...targetOf(values, isAdvanced) };
}

function ruleBody({ type, compare_type, key, conditions }: RuleValues, isAdvanced: boolean): RuleBody {
  const values = conditions ?? [];
  const head = { type, compare_type: compare_type ?? 'EQUAL_TO' };
  // Basic forwarding knows the older form only, with one value.
  if (!isAdvanced) return { ...head, value: values[0] ?? '' };
  const [first = '', ...more] = values;
  return { ...head, conditions: [first, ...more].map((value) => ({ key: key ?? '', value })) };
}

function targetOf(values: PolicyValues, isAdvanced: boolean): Target {
  const { action } = values;
  switch (action) {
    case 'REDIRECT_TO_POOL':
      return poolTarget(values, isAdvanced);
    case 'REDIRECT_TO_LISTENER':
      return { redirect_listener_id: values.redirect_listener_id };
    case 'REDIRECT_TO_URL':
      return {
        redirect_url_config: { ...values.redirect_url_config, ...editBody(values.redirect_url_config) },
      };
    case 'FIXED_RESPONSE': {
      const fixed = values.fixed_response_config;
      return {
        fixed_response_config: {
          ...fixed,
          traffic_limit_config: fixed.traffic_limit_config ?? null,
          ...editBody(fixed),
        },
      };
    }
  }
}

function poolTarget(values: PolicyValues, isAdvanced: boolean): Target {
  const pools = values.redirect_pools_config.map(({ pool_id: id = '', weight }) => ({ pool_id: id, weight }));
  if (!isAdvanced) return { redirect_pool_id: pools[0]?.pool_id ?? '' };
  const extension = values.redirect_pools_extend_config ?? {};
  const sticky = values.redirect_pools_sticky_session_config;
  const hasRewrite = Boolean(extension.rewrite_url_config);
  const extend = {
    rewrite_url_enable: hasRewrite,
    rewrite_url_config: extension.rewrite_url_config ?? null,
    traffic_limit_config: extension.traffic_limit_config ?? null,
    cors_config: extension.cors_config ?? null,
    traffic_mirror_config: extension.traffic_mirror_config ?? null,
    ...editBody(extension),
  };
  const isPlain = Object.values(extend).every((value) => value === null || value === false);
  return {
    redirect_pool_id: null,
    redirect_pools_config: pools,
    redirect_pools_sticky_session_config: sticky?.enable === true ? sticky : null,
    redirect_pools_extend_config: isPlain ? null : extend,
  };
}

function editBody({ insert_headers_config: written, remove_headers_config: removed }: EditValues) {
  const inserted = (written?.configs ?? []).map(
    ({ key = '', value_type: kind = 'USER_DEFINED', value = '' }) => ({
      key,
      value_type: kind,
      value,
    }),
  );
  const names = removed?.configs ?? [];
  return {
    insert_headers_config: inserted.length === 0 ? null : { configs: inserted },
    remove_headers_config: names.length === 0 ? null : { configs: names.map((key) => ({ key })) },
  };
}
