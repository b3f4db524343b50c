import { CompileMemo } from '@elbow/compiler';
import type { Hash, Log, ObjectTrouble } from '@elbow/plan';
import type { Store } from '@elbow/store';
import { type Contribution, contributionOf } from './contribution.ts';
import { type DesiredPlan, derivePlan, isSameManifest } from './derive-plan.ts';
import { listLoadBalancerIds, loadTree } from './load-tree.ts';

export interface DesiredPlanMakerOptions {
  readonly store: Store;
  readonly hash: Hash;
  readonly log: Log;
  readonly isAccessLogEnabled?: boolean;
  readonly zone?: string | null;
}

/**
 * Follows the store and keeps the plan that it asks for. Work is a set of ids, never of events: what a load balancer
 * is now is read when its turn comes, so a pass may be late or run twice.
 */
export class DesiredPlanMaker {
  readonly #options: DesiredPlanMakerOptions;
  readonly #contributions = new Map<string, Contribution>();
  readonly #queue = new Set<string>();
  readonly #memo = new CompileMemo();
  #seenRevision = 0;
  #order: readonly string[] = [];
  #plan: DesiredPlan | null = null;
  #conditions: readonly ObjectTrouble[] = [];

  constructor(options: DesiredPlanMakerOptions) {
    this.#options = options;
  }

  /** Null until everything was compiled once: an incomplete plan would close listeners. */
  get plan(): DesiredPlan | null {
    return this.#plan;
  }

  /** What does not compile, and why. */
  get conditions(): readonly ObjectTrouble[] {
    return this.#conditions;
  }

  /**
   * One pass over what changed since the last one, or over everything. The plan stays the same object when it is the
   * same plan. Throws when the store does; what was not done then stays queued for the next pass.
   */
  async pass(scope: 'changes' | 'everything'): Promise<void> {
    const { store } = this.#options;
    const changes = await store.changesSince(this.#seenRevision);
    for (const id of changes.loadBalancerIds) this.#queue.add(id);
    this.#seenRevision = changes.revision;
    if (scope === 'everything') await this.#queueAll();
    // Many writes change nothing that a node serves.
    if (this.#queue.size === 0 && this.#plan?.manifest.revision === changes.revision) return;
    for (const id of this.#queue) await this.#refresh(id, changes.revision);
    this.#derive(changes.revision);
  }

  async #queueAll(): Promise<void> {
    const ids = await this.#options.store.read(listLoadBalancerIds);
    for (const id of [...ids, ...this.#contributions.keys()]) this.#queue.add(id);
  }

  async #refresh(id: string, revision: number): Promise<void> {
    const tree = await this.#options.store.read((reader) => loadTree(reader, id, this.#memo));
    if (tree === null) this.#contributions.delete(id);
    else this.#contributions.set(id, contributionOf(tree, revision, { ...this.#options, memo: this.#memo }));
    this.#queue.delete(id);
  }

  #derive(revision: number): void {
    const { plan, conditions, order } = derivePlan(revision, this.#contributions, this.#order);
    this.#order = order;
    this.#conditions = conditions;
    if (this.#plan === null || !isSameManifest(this.#plan.manifest, plan.manifest)) this.#plan = plan;
  }
}
