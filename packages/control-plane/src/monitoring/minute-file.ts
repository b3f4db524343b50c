import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { addPoint, decodePoint, encodePoint, type Point } from './point.ts';

export interface MinuteRow {
  /** Minutes since 1970. */
  readonly minute: number;
  readonly point: Point;
}

/** About 250 bytes each. */
const mostRows = 1_000_000;
const keptMinutes = 7 * 24 * 60;

/**
 * One point per object and minute for a week, in a database of its own beside the store: charts may lose their last
 * minute in a power cut, so nothing here waits for the disk, and none of it is in the way of a change or in a backup.
 * A busy object takes about 2.5 MB for its week; beyond a million points the oldest minutes go.
 */
export class MinuteFile {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #select: StatementSync;

  /** @param path of the file, or `:memory:` */
  constructor(path: string) {
    this.#database = openDatabase(path);
    this.#insert = this.#database.prepare(
      'INSERT INTO minutes (object, minute, point) VALUES (?, ?, ?) ' +
        'ON CONFLICT (object, minute) DO UPDATE SET point = excluded.point',
    );
    this.#select = this.#database.prepare(
      'SELECT minute, point FROM minutes WHERE object = ? AND minute BETWEEN ? AND ? ORDER BY minute',
    );
  }

  /** Adds to what is there of the minute, if a process before this one saw its beginning. */
  write(minute: number, points: ReadonlyMap<string, Point>): void {
    this.#database.exec('BEGIN');
    try {
      for (const [object, point] of points) {
        const [known] = this.read(object, minute, minute);
        if (known !== undefined) addPoint(known.point, point);
        this.#insert.run(object, minute, encodePoint(known?.point ?? point));
      }
      this.#trim(minute);
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Both ends included, oldest first. */
  read(object: string, fromMinute: number, toMinute: number): readonly MinuteRow[] {
    return this.#select.all(object, fromMinute, toMinute).map(({ minute, point }) => ({
      minute: Number(minute),
      point: decodePoint(String(point)),
    }));
  }

  /** Whether {@link rememberNode} was told of this life of a node, by this process or one before it. */
  knowsNode(node: string, startedAtMs: number): boolean {
    const found = this.#database.prepare('SELECT started_at_ms FROM nodes WHERE node = ?').get(node);
    return Number(found?.['started_at_ms'] ?? Number.NaN) === startedAtMs;
  }

  rememberNode(node: string, startedAtMs: number): void {
    const insert = 'INSERT OR REPLACE INTO nodes (node, started_at_ms) VALUES (?, ?)';
    this.#database.prepare(insert).run(node, startedAtMs);
  }

  close(): void {
    this.#database.close();
  }

  #trim(minute: number): void {
    this.#database.prepare('DELETE FROM minutes WHERE minute < ?').run(minute - keptMinutes);
    const { count } = this.#database.prepare('SELECT count(*) AS count FROM minutes').get() as {
      count: number;
    };
    if (count <= mostRows) return;
    const oldest = 'SELECT minute FROM minutes ORDER BY minute LIMIT 1 OFFSET ?';
    const found = this.#database.prepare(oldest).get(count - mostRows) as { minute: number } | undefined;
    this.#database.prepare('DELETE FROM minutes WHERE minute <= ?').run(found?.minute ?? 0);
  }
}

function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 1_000 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA trusted_schema = OFF');
  database.exec(
    'CREATE TABLE IF NOT EXISTS minutes (object TEXT NOT NULL, minute INTEGER NOT NULL, point TEXT NOT NULL, ' +
      'PRIMARY KEY (object, minute)) WITHOUT ROWID',
  );
  database.exec('CREATE TABLE IF NOT EXISTS nodes (node TEXT PRIMARY KEY, started_at_ms INTEGER NOT NULL)');
  database.exec('CREATE INDEX IF NOT EXISTS minutes_by_minute ON minutes (minute)');
  return database;
}
