import {
  accepted,
  type FieldComplaint,
  invalidField,
  type Outcome,
  problem,
  type Problem,
  refused,
} from '@elbow/model';
import { type HealthMonitorCreate, parseHealthMonitorCreate } from '../health-monitor/health-monitor-body.ts';
import { type ListenerCreate, parseListenerCreate } from '../listener/listener-body.ts';
import { type MemberCreate, parseMemberCreate } from '../member/member-body.ts';
import { parsePoolCreate, type PoolCreate } from '../pool/pool-body.ts';
import { isRecord } from '../schema/is-record.ts';

/** A listener and what it needs, made together or not at all. */
export interface ComposeWish {
  /** Its default pool is the new one, if there is one. */
  readonly listener: ListenerCreate;
  readonly pool: PoolCreate | null;
  readonly members: readonly MemberCreate[];
  /** Its pool is the listener's. */
  readonly healthMonitor: HealthMonitorCreate | null;
  /** Names that clients will ask for, to be compared with those of the certificates. */
  readonly serverNames: readonly string[];
}

type Body = Readonly<Record<string, unknown>>;

const keys = ['listener', 'pool', 'members', 'healthmonitor', 'server_names', 'request_id'];
const mostMembers = 500;
const mostNames = 100;
/** Stands for the pool that is not made yet; what is made gets the id that it then has. */
const pendingId = '00000000-0000-0000-0000-000000000000';

/**
 * Reads each part by the rules that it has by itself; what a part says about its place is filled in.
 * @returns every complaint about every part at once, with `members[1].…` for a member
 */
export function parseCompose(body: unknown): Outcome<ComposeWish> {
  if (!isRecord(body)) return refused(problem('invalidInput', 'the request body must be a JSON object'));
  const stranger = Object.keys(body).find((key) => !keys.includes(key));
  if (stranger !== undefined) return refused(invalidField(stranger.slice(0, 64), 'is not a known field'));
  const parts = { ...parseParts(body), serverNames: parseNames(body['server_names']) };
  const { listener, pool, members, healthMonitor, serverNames } = parts;
  const wrong = [listener, pool, ...members, healthMonitor, serverNames, togetherness(body)].filter(
    (part) => !part.ok,
  );
  if (wrong.length > 0) return refused(joined(wrong.map((part) => part.problem)));
  return accepted({
    listener: need(listener),
    pool: need(pool),
    members: members.map(need),
    healthMonitor: need(healthMonitor),
    serverNames: need(serverNames),
  });
}

function parseParts(body: Body) {
  const listenerBody = isRecord(body['listener']) ? body['listener'] : null;
  const poolBody = isRecord(body['pool']) ? body['pool'] : null;
  const owner = listenerBody?.['loadbalancer_id'];
  const loadbalancer_id = typeof owner === 'string' && /^[0-9a-f-]{36}$/.test(owner) ? owner : pendingId;
  const list = body['members'] ?? [];
  return {
    listener: parseListenerCreate({
      listener: poolBody === null ? body['listener'] : { ...listenerBody, default_pool_id: pendingId },
    }),
    pool: optional(body['pool'], () =>
      parsePoolCreate({ pool: poolBody === null ? body['pool'] : { loadbalancer_id, ...poolBody } }),
    ),
    members: Array.isArray(list)
      ? list.slice(0, mostMembers).map((member, at) => parseMember(member, at))
      : [refused(invalidField('members', 'must be a list of members'))],
    healthMonitor: optional(body['healthmonitor'], () =>
      parseHealthMonitorCreate({
        healthmonitor: isRecord(body['healthmonitor'])
          ? { ...body['healthmonitor'], pool_id: pendingId }
          : body['healthmonitor'],
      }),
    ),
  };
}

function parseMember(member: unknown, at: number): Outcome<MemberCreate> {
  const parsed = parseMemberCreate({ member });
  return parsed.ok ? parsed : refused(atMember(parsed.problem, at));
}

/** The same problem of a member of a list: its fields begin with `members[1]` instead of `member`. */
export function atMember(found: Problem, at: number): Problem {
  const place = (text: string): string => text.replaceAll(/\bmember(?=\.| |$)/g, `members[${at}]`);
  const fields = found.fields?.map(({ field, reason }) => ({
    field: field.replace(/^member(?=\.|$)/, `members[${at}]`),
    reason,
  }));
  if (fields === undefined) return { ...found, message: `members[${at}]: ${found.message}` };
  return { ...found, message: place(found.message), fields };
}

/** Rules between the parts, which none of them knows. */
function togetherness(body: Body): Outcome<null> {
  const { listener, pool = null, members = [], healthmonitor = null } = body as Record<string, unknown>;
  const named = isRecord(listener) ? (listener['default_pool_id'] ?? null) : null;
  if (pool !== null && named !== null)
    return refused(invalidField('listener.default_pool_id', 'must not be given together with a new pool'));
  if (isRecord(pool) && (pool['listener_id'] ?? null) !== null)
    return refused(invalidField('pool.listener_id', 'must not be given: the listener is made with it'));
  const hasPool = pool !== null || named !== null;
  if (!hasPool && Array.isArray(members) && members.length > 0)
    return refused(invalidField('members', 'need a pool: a new one, or listener.default_pool_id'));
  if (!hasPool && healthmonitor !== null)
    return refused(invalidField('healthmonitor', 'needs a pool: a new one, or listener.default_pool_id'));
  if (Array.isArray(members) && members.length > mostMembers)
    return refused(invalidField('members', `must be at most ${mostMembers}`));
  return accepted(null);
}

function parseNames(value: unknown): Outcome<readonly string[]> {
  const rule = `must be a list of at most ${mostNames} host names`;
  if (value === undefined || value === null) return accepted([]);
  const isName = (name: unknown): boolean => typeof name === 'string' && /^[A-Za-z0-9*.-]{1,253}$/.test(name);
  const isList = Array.isArray(value) && value.length <= mostNames && value.every(isName);
  return isList ? accepted(value as string[]) : refused(invalidField('server_names', rule));
}

function joined(problems: readonly Problem[]): Problem {
  const fields: FieldComplaint[] = problems.flatMap((one) => one.fields ?? []);
  const message = problems.map((one) => one.message).join('; ');
  return { ...problem('invalidInput', message.slice(0, 2_000)), fields };
}

function optional<T>(value: unknown, parse: () => Outcome<T>): Outcome<T | null> {
  return value === undefined || value === null ? accepted(null) : parse();
}

/** Asked for only when all parts are fine. */
function need<T>(part: Outcome<T>): T {
  if (!part.ok) throw new TypeError(part.problem.message);
  return part.value;
}
