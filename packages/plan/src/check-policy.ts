import {
  boolean,
  type Check,
  type Checks,
  fields,
  integer,
  isRecord,
  list,
  nullable,
  oneOf,
  text,
} from './check.ts';
import { id } from './check-values.ts';
import { tlsFacts } from './chunk.ts';
import {
  type AddressSetChunk,
  connectionFacts,
  type CorsRules,
  type FieldWrite,
  type FixedAnswerAction,
  type ForwardAction,
  type ListenerAccess,
  type PolicyBlockChunk,
  type PolicyCondition,
  type PolicyEntry,
  type PolicyTableChunk,
  type RedirectAction,
  type RequestRateLimit,
} from './policy-chunk.ts';

/** Everything below goes into heads of messages, so that nothing in it may end a line. */
const plain = (max: number): Check =>
  text(
    `visible text of at most ${max} characters`,
    (value) => value.length <= max && /^[\x20-\x7e]*$/.test(value),
  );
const token = text('a field name', (value) => /^[\w!#$%&'*+.^`|~-]{1,128}$/.test(value));
const bodyText = text(
  'text of at most 4096 characters',
  (value) => value.length <= 4096 && value.isWellFormed(),
);
/** Addresses are read where the index is built; here only their alphabet counts, as there may be 100,000. */
const addresses = list(text('an address, network or range', (value) => /^[\da-f.:/-]{2,91}$/i.test(value)));

export const accessShape: Check = fields({
  mode: oneOf('all', 'allow', 'deny'),
  setIds: list(id),
} satisfies Checks<ListenerAccess>);

/** What an index can hold. */
const maxEntries = 1_000_000;
export const addressSetShape: Checks<AddressSetChunk> = {
  kind: oneOf('addressSet'),
  id,
  entries: (value, path) =>
    Array.isArray(value) && value.length > maxEntries
      ? [`${path} must hold at most ${maxEntries} entries`]
      : addresses(value, path),
};

const patterns = list(plain(128));
const conditions: { readonly [K in PolicyCondition['kind']]: Check } = {
  host: fields({ kind: oneOf('host'), patterns } satisfies Checks<Of<PolicyCondition, 'host'>>),
  path: fields({
    kind: oneOf('path'),
    compare: oneOf('exact', 'prefix', 'regex'),
    values: list(plain(128)),
  } satisfies Checks<Of<PolicyCondition, 'path'>>),
  method: fields({ kind: oneOf('method'), values: list(token) } satisfies Checks<
    Of<PolicyCondition, 'method'>
  >),
  header: named('header'),
  query: named('query'),
  cookie: named('cookie'),
  source: fields({ kind: oneOf('source'), entries: addresses } satisfies Checks<
    Of<PolicyCondition, 'source'>
  >),
};

type Of<T extends { readonly kind: string }, K extends T['kind']> = Extract<T, { readonly kind: K }>;

function named(kind: 'header' | 'query' | 'cookie'): Check {
  return fields({ kind: oneOf(kind), name: plain(128), patterns });
}

const forward: Checks<ForwardAction> = {
  kind: oneOf('forward'),
  pools: list(fields({ poolId: id, weight: integer(0, 100) })),
  stickyMs: nullable(integer(1000, 86_400_000)),
  rewrite: nullable(fields({ host: plain(128), path: plain(128), query: plain(128) })),
  cors: nullable(
    fields({
      origins: patterns,
      methods: list(token),
      headers: list(token),
      exposedHeaders: list(token),
      isCredentialed: boolean,
      maxAgeSeconds: integer(-1, 172_800),
    } satisfies Checks<CorsRules>),
  ),
  mirror: nullable(fields({ poolIds: list(id), isBodySent: boolean })),
};
const redirect: Checks<RedirectAction> = {
  kind: oneOf('redirect'),
  status: integer(300, 308),
  protocol: plain(128),
  host: plain(128),
  port: plain(128),
  path: plain(128),
  query: plain(128),
};
const fixed: Checks<FixedAnswerAction> = {
  kind: oneOf('fixed'),
  status: integer(200, 599),
  contentType: plain(128),
  body: bodyText,
};

const limit: Checks<RequestRateLimit> = {
  perSecond: integer(0, 1_000_000),
  perSourcePerSecond: integer(0, 1_000_000),
  burst: integer(0, 1_000_000),
};

const write: Checks<FieldWrite> = {
  name: token,
  value: byTag('from', {
    text: fields({ from: oneOf('text'), text: plain(128) }),
    field: fields({ from: oneOf('field'), name: token }),
    fact: fields({ from: oneOf('fact'), fact: oneOf(...connectionFacts, ...tlsFacts) }),
  }),
};

const policy: Checks<PolicyEntry> = {
  id,
  conditions: list(byTag('kind', conditions)),
  action: byTag('kind', { forward: fields(forward), redirect: fields(redirect), fixed: fields(fixed) }),
  limit: nullable(fields(limit)),
  removedFields: list(token),
  writtenFields: list(fields(write)),
};

export const policyTableShape: Checks<PolicyTableChunk> = {
  kind: oneOf('policyTable'),
  id,
  blockIds: list(id),
};

export const policyBlockShape: Checks<PolicyBlockChunk> = {
  kind: oneOf('policyBlock'),
  id,
  policies: list(fields(policy)),
};

/** A union whose members say by `tag` which one they are. */
function byTag(tag: string, shapes: Readonly<Record<string, Check>>): Check {
  const known = oneOf(...Object.keys(shapes));
  return (value, path) => {
    const name = isRecord(value) ? value[tag] : undefined;
    if (typeof name !== 'string' || !Object.hasOwn(shapes, name)) return known(name, `${path}.${tag}`);
    return shapes[name]!(value, path);
  };
}

/** The order of policies with one id would be nobody's wish. */
export function checkPolicyBlockRules({ policies }: PolicyBlockChunk): readonly string[] {
  const ids = new Set(policies.map((each) => each.id));
  return ids.size < policies.length ? ['policyBlock.policies must have different ids'] : [];
}

export function checkPolicyTableRules({ blockIds }: PolicyTableChunk): readonly string[] {
  return new Set(blockIds).size < blockIds.length ? ['policyTable.blockIds must be different'] : [];
}

export function checkAccessRules({ mode, setIds }: ListenerAccess): readonly string[] {
  if ((mode === 'all') === (setIds.length === 0)) return [];
  return ['listener.access.setIds must name sets unless the mode is all'];
}
