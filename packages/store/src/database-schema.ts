import type { Generated } from 'kysely';
import type { ResourceTable } from './tables/table-descriptor.ts';

/** The tables as the query builder sees them; `migrations/` makes them. */
export type DatabaseSchema = Readonly<Record<ResourceTable, Stored<ResourceRecord>>> & {
  readonly documents: { readonly key: string; readonly value: unknown };
  readonly changes: { readonly load_balancer_id: string; readonly revision: number };
  readonly history: Stored<HistoryRecord>;
};

/** What the tables of all kinds have in common; the descriptor of a kind names its further columns. */
export interface ResourceRecord {
  /** Given by the database, ever growing: the order of insertion. */
  readonly sequence: number;
  readonly id: string;
  readonly project_id: string;
  readonly body: unknown;
}

export interface HistoryRecord {
  readonly sequence: number;
  readonly at_ms: number;
  readonly project_id: string;
  readonly user_id: string;
  readonly request_id: string;
  readonly resource_type: string;
  readonly resource_id: string | null;
  readonly outcome: 'done' | 'refused';
  readonly status: number | null;
  readonly live: string | null;
  readonly body: string;
}

type Stored<R extends { readonly sequence: number }> = Omit<R, 'sequence'> & {
  readonly sequence: Generated<number>;
};
