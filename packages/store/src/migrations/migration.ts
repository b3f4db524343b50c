import type { Compilable, Kysely } from 'kysely';
import type { ColumnTypes } from '../dialect/dialect.ts';

/**
 * One step forward of the schema, as statements. Once released it never changes: it says what the schema was, so it
 * spells names out instead of taking them from code that moves on.
 */
export interface Migration {
  /** Ever growing; a number that was never released may be missing. */
  readonly version: number;
  readonly statements: (db: Kysely<UntypedSchema>, types: ColumnTypes) => readonly Compilable[];
}

export type UntypedSchema = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
