import type { TlsFact } from './chunk.ts';

/** Addresses under one name. Who uses it says what being in it means. */
export interface AddressSetChunk {
  readonly kind: 'addressSet';
  readonly id: string;
  /** Single addresses, networks in CIDR form and ranges `a-b`; sorted as text, each once. */
  readonly entries: readonly string[];
}

/** Who may connect to a listener, decided on the TCP peer before anything else is done with a connection. */
export interface ListenerAccess {
  /** Everybody, only those in one of the sets, or all but those. */
  readonly mode: 'all' | 'allow' | 'deny';
  /** Empty where the mode is `all`. */
  readonly setIds: readonly string[];
}

/** What a listener does with requests before its default pool gets them. Has the id of its listener. */
export interface PolicyTableChunk {
  readonly kind: 'policyTable';
  readonly id: string;
  /** Its blocks, in the order in which requests try their policies. */
  readonly blockIds: readonly string[];
}

/** Policies that follow each other in a table. A change of one policy is a change of its block, however long the table is. */
export interface PolicyBlockChunk {
  readonly kind: 'policyBlock';
  readonly id: string;
  /** The first one of the table whose conditions all hold is carried out. */
  readonly policies: readonly PolicyEntry[];
}

export interface PolicyEntry {
  readonly id: string;
  /** All of them must hold; none at all always holds. */
  readonly conditions: readonly PolicyCondition[];
  readonly action: PolicyAction;
  /** Null: as many requests as come. */
  readonly limit: RequestRateLimit | null;
  /** Fields of the request where it goes on, of the answer where it ends here. Removals come first. */
  readonly removedFields: readonly string[];
  readonly writtenFields: readonly FieldWrite[];
}

/** One of the values is enough. In patterns `*` stands for any text and `?` for one character. */
export type PolicyCondition =
  /** Lower case, without port. */
  | { readonly kind: 'host'; readonly patterns: readonly string[] }
  /** Compared with the path after percent-decoding; a regex covers all of it. */
  | { readonly kind: 'path'; readonly compare: PathCompare; readonly values: readonly string[] }
  | { readonly kind: 'method'; readonly values: readonly string[] }
  /** Letters of any case are the same, in name and value. */
  | { readonly kind: 'header'; readonly name: string; readonly patterns: readonly string[] }
  | { readonly kind: 'query'; readonly name: string; readonly patterns: readonly string[] }
  | { readonly kind: 'cookie'; readonly name: string; readonly patterns: readonly string[] }
  /** The TCP peer, against entries as in {@link AddressSetChunk}. */
  | { readonly kind: 'source'; readonly entries: readonly string[] };

export type PathCompare = 'exact' | 'prefix' | 'regex';

export type PolicyAction = ForwardAction | RedirectAction | FixedAnswerAction;

export interface ForwardAction {
  readonly kind: 'forward';
  /** Shares by weight. None, or none with a weight above 0: 503. */
  readonly pools: readonly PoolShare[];
  /** How long a cookie keeps a client with its pool; null: each request is shared out anew. */
  readonly stickyMs: number | null;
  /** Templates for what the member sees instead of what the client asked for. */
  readonly rewrite: { readonly host: string; readonly path: string; readonly query: string } | null;
  readonly cors: CorsRules | null;
  readonly mirror: { readonly poolIds: readonly string[]; readonly isBodySent: boolean } | null;
}

export interface PoolShare {
  readonly poolId: string;
  readonly weight: number;
}

/** Each part is a template. */
export interface RedirectAction {
  readonly kind: 'redirect';
  readonly status: number;
  readonly protocol: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
}

export interface FixedAnswerAction {
  readonly kind: 'fixed';
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Per node; 0 means no limit. */
export interface RequestRateLimit {
  readonly perSecond: number;
  readonly perSourcePerSecond: number;
  /** Requests above the rate of a source that pass all the same. */
  readonly burst: number;
}

export interface CorsRules {
  /** `*` alone, or origins whose host may begin with `*.` for one label. */
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly isCredentialed: boolean;
  /** -1 switches caching off. */
  readonly maxAgeSeconds: number;
}

export interface FieldWrite {
  readonly name: string;
  readonly value:
    | { readonly from: 'text'; readonly text: string }
    /** What the request says under this name; nothing is written when it says nothing. */
    | { readonly from: 'field'; readonly name: string }
    /** What the load balancer knows; nothing is written when it knows nothing. */
    | { readonly from: 'fact'; readonly fact: ConnectionFact };
}

export const connectionFacts = [
  'clientAddress',
  'clientPort',
  'protocol',
  'loadBalancerId',
  'listenerPort',
  'publicAddress',
  'listenerAddress',
] as const;

export type ConnectionFact = (typeof connectionFacts)[number] | TlsFact;
