import type { ResourceKind } from '@elbow/model';
import type { CompiledQuery, Kysely } from 'kysely';
import type { DatabaseSchema, ResourceRecord } from './database-schema.ts';
import type { JsonCodec, Statement } from './dialect/dialect.ts';
import type { HistoryEntry } from './history.ts';
import { descriptorOf } from './rows/attributes.ts';

/** A record to be written: everything but what the database gives. */
export type NewRecord = Omit<ResourceRecord, 'sequence'>;

/** The statements that write. Each text is made once by the query builder; its parameters are the record's values. */
export class Statements {
  readonly #db: Kysely<DatabaseSchema>;
  readonly #json: JsonCodec;
  readonly #texts = new Map<string, string>();

  constructor(db: Kysely<DatabaseSchema>, json: JsonCodec) {
    this.#db = db;
    this.#json = json;
  }

  insert(kind: ResourceKind, record: NewRecord): Statement {
    const table = tableOf(kind);
    const sql = this.#text(`insert ${table}`, () => this.#db.insertInto(table).values(record).compile());
    return { sql, parameters: Object.values(record) };
  }

  update(kind: ResourceKind, record: NewRecord): Statement {
    const table = tableOf(kind);
    const sql = this.#text(`update ${table}`, () =>
      this.#db.updateTable(table).set(record).where('id', '=', record.id).compile(),
    );
    return { sql, parameters: [...Object.values(record), record.id] };
  }

  remove(kind: ResourceKind, id: string): Statement {
    const table = tableOf(kind);
    const sql = this.#text(`remove ${table}`, () =>
      this.#db.deleteFrom(table).where('id', '=', id).compile(),
    );
    return { sql, parameters: [id] };
  }

  /** @param text JSON, or null when the document is to go */
  document(key: string, text: string | null): Statement {
    if (text === null) {
      const query = () => this.#db.deleteFrom('documents').where('key', '=', key).compile();
      return { sql: this.#text('remove document', query), parameters: [key] };
    }
    const query = () =>
      this.#db
        .insertInto('documents')
        .values({ key, value: text })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: text }))
        .compile();
    return { sql: this.#text('put document', query), parameters: [key, text, text] };
  }

  /** Only the newest revision of each load balancer is kept: the feed grows with their number, not with the changes. */
  touch(loadBalancerId: string, revision: number): Statement {
    const query = () =>
      this.#db
        .insertInto('changes')
        .values({ load_balancer_id: loadBalancerId, revision })
        .onConflict((conflict) => conflict.column('load_balancer_id').doUpdateSet({ revision }))
        .compile();
    return { sql: this.#text('touch', query), parameters: [loadBalancerId, revision, revision] };
  }

  history(entry: HistoryEntry): Statement {
    const record = {
      at_ms: entry.atMs,
      project_id: entry.projectId,
      user_id: entry.userId,
      request_id: entry.requestId,
      resource_type: entry.resourceType,
      resource_id: entry.resourceId,
      outcome: entry.outcome,
      status: entry.status,
      live: entry.live,
      body: String(this.#json.encode(entry.body)),
    };
    const sql = this.#text('history', () => this.#db.insertInto('history').values(record).compile());
    return { sql, parameters: Object.values(record) };
  }

  #text(name: string, compile: () => CompiledQuery): string {
    let text = this.#texts.get(name);
    if (text === undefined) {
      text = compile().sql;
      this.#texts.set(name, text);
    }
    return text;
  }
}

/** The query builder wants one table's name at compile time; all kinds share the columns that are named here. */
function tableOf(kind: ResourceKind): 'load_balancers' {
  return descriptorOf(kind).table as 'load_balancers';
}
