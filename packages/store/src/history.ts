import { type Kysely, sql } from 'kysely';
import type { DatabaseSchema, HistoryRecord } from './database-schema.ts';

type Db = Kysely<DatabaseSchema>;

/** What somebody did, or tried to do. */
export interface HistoryEntry {
  readonly atMs: number;
  readonly projectId: string;
  readonly userId: string;
  readonly requestId: string;
  readonly resourceType: string;
  /** Null when no single object was meant. */
  readonly resourceId: string | null;
  readonly outcome: HistoryOutcome;
  /** Of the answer; null until it is known, and for ever when the process died before it was. */
  readonly status: number | null;
  /** What `X-Elbow-Live` said; null like {@link HistoryEntry.status}. */
  readonly live: string | null;
  /** Everything that is only shown. Has a JSON form. */
  readonly body: unknown;
}

export type HistoryOutcome = 'done' | 'refused';

export interface StoredHistoryEntry extends HistoryEntry {
  /** Counts up; the newest entry has the highest. */
  readonly sequence: number;
}

/** All that is said must hold. */
export interface HistoryQuery {
  readonly projectId: string;
  readonly limit: number;
  /** Only entries older than this one. */
  readonly before?: number;
  readonly userId?: string;
  readonly resourceType?: string;
  /** The object that was meant, or any other that changed with it. No more than letters, digits and dashes. */
  readonly resourceId?: string;
  readonly requestId?: string;
  readonly sinceMs?: number;
}

export interface HistoryBounds {
  readonly notBeforeMs: number;
  /** Entries of changes; refused attempts get a tenth of that, so that they cannot push changes out. */
  readonly mostEntries: number;
}

/** Adds what became known after the entries of some requests were written. */
export async function settleHistory(
  db: Db,
  requestIds: readonly string[],
  known: Pick<HistoryEntry, 'status' | 'live'>,
): Promise<void> {
  await db
    .updateTable('history')
    .set({ status: known.status, live: known.live })
    .where('request_id', 'in', requestIds)
    .execute();
}

/** Newest first. */
export async function listHistory(db: Db, query: HistoryQuery): Promise<readonly StoredHistoryEntry[]> {
  let select = db.selectFrom('history').selectAll().where('project_id', '=', query.projectId);
  if (query.before !== undefined) select = select.where('sequence', '<', query.before);
  if (query.userId !== undefined) select = select.where('user_id', '=', query.userId);
  if (query.resourceType !== undefined) select = select.where('resource_type', '=', query.resourceType);
  if (query.requestId !== undefined) select = select.where('request_id', '=', query.requestId);
  if (query.sinceMs !== undefined) select = select.where('at_ms', '>=', query.sinceMs);
  if (query.resourceId !== undefined) {
    const { resourceId } = query;
    if (!/^[\w-]+$/.test(resourceId)) throw new TypeError('the id of an object has no such characters');
    const pattern = `%"id":"${resourceId}"%`;
    select = select.where((where) =>
      where.or([where('resource_id', '=', resourceId), where('body', 'like', pattern)]),
    );
  }
  const records = await select.orderBy('sequence', 'desc').limit(query.limit).execute();
  return records.map(entryOf);
}

/** @returns how many went */
export async function trimHistory(db: Db, { notBeforeMs, mostEntries }: HistoryBounds): Promise<number> {
  const old = await db.deleteFrom('history').where('at_ms', '<', notBeforeMs).executeTakeFirst();
  const done = await trimTo(db, 'done', mostEntries);
  const refused = await trimTo(db, 'refused', Math.ceil(mostEntries / 10));
  return Number(old.numDeletedRows) + done + refused;
}

async function trimTo(db: Db, outcome: HistoryOutcome, most: number): Promise<number> {
  const newestToGo = db
    .selectFrom('history')
    .select('sequence')
    .where('outcome', '=', outcome)
    .orderBy('sequence', 'desc')
    .limit(1)
    .offset(most);
  const { numDeletedRows } = await db
    .deleteFrom('history')
    .where('outcome', '=', outcome)
    .where('sequence', '<=', sql<number>`coalesce(${newestToGo}, 0)`)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

function entryOf(record: HistoryRecord): StoredHistoryEntry {
  return {
    sequence: record.sequence,
    atMs: Number(record.at_ms),
    projectId: record.project_id,
    userId: record.user_id,
    requestId: record.request_id,
    resourceType: record.resource_type,
    resourceId: record.resource_id,
    outcome: record.outcome,
    status: record.status,
    live: record.live,
    body: JSON.parse(record.body),
  };
}
