import type { ResourceKind } from '@elbow/model';
import type { ChangeSet } from '../store.ts';
import { descriptorOf } from './attributes.ts';
import type { Entry, Picked, RowSource } from './entry.ts';
import { RowLayer } from './row-layer.ts';
import { RowTable } from './row-table.ts';

type Changes = Readonly<Pick<RowLayer, 'rows' | 'documents' | 'touched' | 'revision'>>;

/** All that is committed, in memory. */
export class CommittedRows implements RowSource {
  revision = 0;
  readonly #tables = new Map<ResourceKind, RowTable>();
  readonly #documents = new Map<string, string>();
  /** The newest revision of each load balancer that was ever touched. */
  readonly #touched = new Map<string, number>();
  readonly #snapshots = new Set<RowLayer>();
  #lastSequence = 0;

  /** Places in the order of insertion; larger than all before, also of rows that never came to be. */
  nextSequence(): number {
    return ++this.#lastSequence;
  }

  entry(kind: ResourceKind, id: string): Entry | null {
    return this.#table(kind).get(id);
  }

  entries(kind: ResourceKind, pick: Picked): readonly Entry[] {
    return this.#table(kind).entries(pick);
  }

  count(kind: ResourceKind, pick: Picked): number {
    return this.#table(kind).count(pick);
  }

  owner(kind: ResourceKind, rule: string, value: string): string | null {
    return this.#table(kind).owner(rule, value);
  }

  document(key: string): string | null {
    return this.#documents.get(key) ?? null;
  }

  changesSince(revision: number): ChangeSet {
    const after = revision > this.revision ? 0 : revision;
    if (after === this.revision) return { revision: this.revision, loadBalancerIds: [] };
    const touched = [...this.#touched].filter(([, at]) => at > after);
    touched.sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
    return { revision: this.revision, loadBalancerIds: touched.map(([id]) => id) };
  }

  /** What is committed now stays what the layer shows, until it is let go. */
  openSnapshot(): RowLayer {
    const snapshot = new RowLayer(this);
    this.#snapshots.add(snapshot);
    return snapshot;
  }

  closeSnapshot(snapshot: RowLayer): void {
    this.#snapshots.delete(snapshot);
  }

  /** Makes the changes of a layer part of what is committed. */
  apply({ rows, documents, touched, revision }: Changes): void {
    for (const snapshot of this.#snapshots) this.#pin(snapshot, rows, documents);
    for (const [kind, entries] of rows) this.#table(kind).apply(entries);
    for (const [key, text] of documents) {
      if (text === null) this.#documents.delete(key);
      else this.#documents.set(key, text);
    }
    for (const [id, at] of touched) this.#touched.set(id, at);
    this.revision = revision;
  }

  #pin(snapshot: RowLayer, rows: RowLayer['rows'], documents: RowLayer['documents']): void {
    for (const [kind, entries] of rows)
      for (const id of entries.keys()) snapshot.pin(kind, id, this.entry(kind, id));
    for (const key of documents.keys())
      if (!snapshot.documents.has(key)) snapshot.documents.set(key, this.document(key));
  }

  #table(kind: ResourceKind): RowTable {
    let table = this.#tables.get(kind);
    if (table === undefined) {
      table = new RowTable(descriptorOf(kind));
      this.#tables.set(kind, table);
    }
    return table;
  }
}
