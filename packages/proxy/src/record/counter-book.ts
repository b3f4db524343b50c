import { decodeChunk } from '../plan/chunk-store.ts';
import { counterArenaOf, counterOffset, NODE_ROW } from '../shared/counter-arena.ts';
import type { SharedChunk, ToWorker } from '../worker-messages.ts';
import { CounterRow } from './counter-row.ts';

export interface ListenerRows {
  readonly client: CounterRow;
  readonly upstream: CounterRow;
}

export interface PoolRows extends ListenerRows {
  readonly members: ReadonlyMap<string, CounterRow>;
}

type PlanMessage = Extract<ToWorker, { readonly type: 'plan' }>;

/**
 * Where this worker counts what, by the ids of the plan in force. An object that left the plan is not found any more,
 * even by an exchange that began with it: its rows may belong to others soon.
 */
export class CounterBook {
  private readonly worker: number;
  private readonly arenas: Float64Array[] = [];
  private readonly listeners = new Map<string, ListenerRows>();
  private readonly pools = new Map<string, SharedChunk | PoolRows>();

  constructor(worker: number) {
    this.worker = worker;
  }

  /** Takes a plan's changes. Must be done before the plan is acknowledged, because then rows change hands. */
  apply({ counterArenas, put, remove }: Pick<PlanMessage, 'counterArenas' | 'put' | 'remove'>): void {
    for (const { index, buffer } of counterArenas) this.arenas[index] = new Float64Array(buffer);
    for (const chunk of put) {
      if (chunk.kind === 'listener') this.listeners.set(chunk.id, this.pairOf(chunk.counterRows));
      else if (chunk.kind === 'pool') this.pools.set(chunk.id, chunk);
    }
    for (const { kind, id } of remove) {
      if (kind === 'listener') this.listeners.delete(id);
      else if (kind === 'pool') this.pools.delete(id);
    }
  }

  /** Rows of the node itself; null before the first plan. */
  get node(): CounterRow | null {
    return this.arenas.length === 0 ? null : this.row(NODE_ROW);
  }

  listener(id: string): ListenerRows | null {
    return this.listeners.get(id) ?? null;
  }

  /** Reads the pool's chunk when the first request of it is over, so that a plan with thousands is taken in no time. */
  pool(id: string): PoolRows | null {
    const found = this.pools.get(id);
    if (found === undefined || 'members' in found) return found ?? null;
    const [, , ...memberRows] = found.counterRows;
    const members = new Map<string, CounterRow>();
    for (const [at, member] of decodeChunk('pool', found).members.entries())
      members.set(member.id, this.row(memberRows[at]!));
    const rows = { ...this.pairOf(found.counterRows), members };
    this.pools.set(id, rows);
    return rows;
  }

  private pairOf([client, upstream]: readonly number[]): ListenerRows {
    return { client: this.row(client!), upstream: this.row(upstream!) };
  }

  private row(row: number): CounterRow {
    const arena = this.arenas[counterArenaOf(row)];
    if (arena === undefined) throw new Error(`counter row ${row} lies in an arena that was never announced`);
    return new CounterRow(arena, counterOffset(row, this.worker));
  }
}
