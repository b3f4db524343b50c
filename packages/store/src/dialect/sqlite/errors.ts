import { DatabaseFault, DuplicateRow } from '../../errors.ts';
import { tables } from '../../tables/tables.ts';
import { ReferenceBroken } from '../dialect.ts';
import type { StatementError } from './thread-protocol.ts';

/** Extended result codes, https://www.sqlite.org/rescode.html */
const SQLITE_CONSTRAINT_FOREIGNKEY = 787;
const SQLITE_CONSTRAINT_PRIMARYKEY = 1555;
const SQLITE_CONSTRAINT_UNIQUE = 2067;

const UNIQUE_MESSAGE = /^UNIQUE constraint failed: (.+)$/;

/** The error that the port promises. */
export function toStoreError({ message, code }: StatementError): Error {
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
      return new DuplicateRow(ruleNames.get(UNIQUE_MESSAGE.exec(message)?.[1] ?? '') ?? message);
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return new ReferenceBroken();
    default:
      return new DatabaseFault(message, `SQLITE_${code}`);
  }
}

/** SQLite names the columns of a broken rule (`members.pool_id, members.address, …`), never its constraint. */
const ruleNames: ReadonlyMap<string, string> = new Map(
  Object.values(tables).flatMap(({ table, uniqueRules }) =>
    uniqueRules.map(({ columns, name }) => [columns.map((column) => `${table}.${column}`).join(', '), name]),
  ),
);
