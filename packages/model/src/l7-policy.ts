import type { ResourceBase } from './resource.ts';

export type L7Action = 'REDIRECT_TO_POOL' | 'REDIRECT_TO_LISTENER' | 'REDIRECT_TO_URL' | 'FIXED_RESPONSE';

/** What a listener does with requests that its rules fit. */
export interface L7Policy extends ResourceBase {
  readonly listenerId: string;
  readonly action: L7Action;
  /** Smaller comes first; counts where the listener has advanced forwarding. */
  readonly priority: number;
  readonly redirectPoolId: string | null;
  /** Stands over {@link redirectPoolId} when it holds anything. */
  readonly redirectPools: readonly RedirectPool[];
  readonly poolStickiness: { readonly isEnabled: boolean; readonly timeoutMinutes: number } | null;
  /** More to do where requests go to pools. */
  readonly poolsExtension: PoolsExtension | null;
  readonly redirectListenerId: string | null;
  readonly redirectUrl: RedirectUrl | null;
  readonly fixedResponse: FixedResponse | null;
}

export interface RedirectPool {
  readonly poolId: string;
  readonly weight: number;
}

export interface UrlRewrite {
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

/** Null: the configuration says nothing about it. */
export interface HeaderEdits {
  readonly insertHeaders: readonly InsertedHeader[] | null;
  readonly removeHeaders: readonly string[] | null;
}

export interface InsertedHeader {
  readonly key: string;
  readonly valueType: 'USER_DEFINED' | 'REFERENCE_HEADER' | 'SYSTEM_DEFINED';
  readonly value: string;
}

export interface PoolsExtension extends HeaderEdits {
  readonly isRewriteEnabled: boolean;
  readonly rewrite: UrlRewrite | null;
  readonly trafficLimit: TrafficLimit | null;
  readonly cors: CorsConfig | null;
  readonly mirror: MirrorConfig | null;
}

/** Pools that get copies of the requests, whose answers nobody waits for. */
export interface MirrorConfig {
  readonly poolIds: readonly string[];
  readonly isBodySent: boolean;
}

/** Requests per second; 0 is no limit. */
export interface TrafficLimit {
  readonly qps: number;
  readonly perSourceQps: number;
  readonly burst: number;
}

export interface CorsConfig {
  readonly allowOrigin: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials: boolean;
  readonly maxAgeSeconds: number;
}

export interface RedirectUrl extends HeaderEdits, UrlRewrite {
  readonly protocol: 'HTTP' | 'HTTPS' | '${protocol}';
  readonly port: string;
  readonly statusCode: number;
}

export interface FixedResponse extends HeaderEdits {
  readonly statusCode: number;
  readonly contentType: string;
  readonly messageBody: string;
  readonly trafficLimit: TrafficLimit | null;
}

export type L7RuleType = 'HOST_NAME' | 'PATH' | 'METHOD' | 'HEADER' | 'QUERY_STRING' | 'SOURCE_IP' | 'COOKIE';
export type L7CompareType = 'EQUAL_TO' | 'REGEX' | 'STARTS_WITH';

/** One of the values is enough; all rules of a policy must hold. */
export interface L7Rule extends ResourceBase {
  readonly policyId: string;
  readonly type: L7RuleType;
  readonly compareType: L7CompareType;
  /** Retired: conditions carry it. */
  readonly key: string | null;
  /** Counts while there are no conditions. */
  readonly value: string;
  readonly conditions: readonly L7Condition[];
}

export interface L7Condition {
  readonly key: string;
  readonly value: string;
}

/** What a rule compares with, in whichever of its two forms it was given. */
export function conditionsOf({
  key,
  value,
  conditions,
}: Pick<L7Rule, 'key' | 'value' | 'conditions'>): readonly L7Condition[] {
  return conditions.length > 0 ? conditions : [{ key: key ?? '', value }];
}
