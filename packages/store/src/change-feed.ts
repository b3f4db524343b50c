import { type Kysely, sql } from 'kysely';
import type { DatabaseSchema } from './database-schema.ts';
import type { ChangeSet } from './store.ts';

type Db = Kysely<DatabaseSchema>;

/**
 * Gives the touched load balancers the next revision. Only the newest revision of each is kept, so the feed grows
 * with the number of load balancers that ever were, not with the number of changes.
 * @returns the revision, or 0 when nothing was touched.
 */
export async function recordChange(db: Db, loadBalancerIds: ReadonlySet<string>): Promise<number> {
  const [first, ...rest] = loadBalancerIds;
  if (first === undefined) return 0;
  const revision = await recordFirst(db, first);
  await Promise.all(rest.map((id) => recordAt(db, id, revision)));
  return revision;
}

/** In one snapshot: the load balancers touched after `revision`, oldest change first, and the newest revision. */
export async function readChanges(db: Db, revision: number): Promise<ChangeSet> {
  const newest = await newestRevision(db);
  const after = revision > newest ? 0 : revision;
  const rows = await db
    .selectFrom('changes')
    .select('load_balancer_id')
    .where('revision', '>', after)
    .orderBy('revision')
    .orderBy('load_balancer_id')
    .execute();
  return { revision: newest, loadBalancerIds: rows.map((row) => row.load_balancer_id) };
}

async function newestRevision(db: Db): Promise<number> {
  const row = await db
    .selectFrom('changes')
    .select(({ fn }) => fn.max('revision').as('newest'))
    .executeTakeFirst();
  return Number(row?.newest ?? 0);
}

/** Takes the next revision in the same statement: most units touch one load balancer. */
async function recordFirst(db: Db, loadBalancerId: string): Promise<number> {
  const next = db.selectFrom('changes').select(sql<number>`coalesce(max(revision), 0) + 1`.as('next'));
  const row = await db
    .insertInto('changes')
    .values({ load_balancer_id: loadBalancerId, revision: next })
    .onConflict((conflict) =>
      conflict.column('load_balancer_id').doUpdateSet(({ ref }) => ({ revision: ref('excluded.revision') })),
    )
    .returning('revision')
    .executeTakeFirstOrThrow();
  return row.revision;
}

async function recordAt(db: Db, loadBalancerId: string, revision: number): Promise<void> {
  await db
    .insertInto('changes')
    .values({ load_balancer_id: loadBalancerId, revision })
    .onConflict((conflict) => conflict.column('load_balancer_id').doUpdateSet({ revision }))
    .execute();
}
