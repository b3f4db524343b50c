import { applyPlanChange, assemblePlan, entryKey, makePlan } from '@elbow/plan';
import type {
  Checked,
  Manifest,
  ObjectTrouble,
  Plan,
  PlanChange,
  ReceivedPlan,
  ServedEntry,
} from '@elbow/plan';
import { blameFor, remember } from './rollback.ts';
import type { Blame, Death, ServedPlan } from './rollback.ts';
import { sha256 } from './sha256.ts';

/** Room for the cause of the last death in a reason that the API shows. */
const LONGEST_CAUSE = 300;

type ReceivedChange = Omit<PlanChange, 'type' | 'chunks'> & Pick<ReceivedPlan, 'chunks'>;

interface Rollback extends Blame {
  readonly reason: string;
}

/**
 * What is to be served: the newest valid plan of the control process, without the changes that killed workers.
 * Decides only; it touches neither disk nor workers.
 */
export class PlanHolder {
  private desired: Plan;
  /** The manifest of the desired plan as it was asked for; null: it was never asked for here. */
  private manifest: Manifest | null = null;
  private desiredTroubles: readonly ObjectTrouble[] = [];
  private rollback: Rollback | null = null;
  private current: Plan;
  private rollbackTroubles: readonly ObjectTrouble[] = [];
  private history: readonly ServedPlan[];
  private deaths: readonly Death[] = [];

  /** @param initial served from the start and never blamed: there is nothing before it to go back to */
  constructor(initial: Plan) {
    this.desired = initial;
    this.current = initial;
    this.history = [{ plan: initial, version: 0, atMs: Number.NEGATIVE_INFINITY }];
  }

  /** The plan to serve now. */
  get plan(): Plan {
    return this.current;
  }

  /** Objects of the control process's plan that are not in {@link plan} as asked. */
  get troubles(): readonly ObjectTrouble[] {
    return [...this.desiredTroubles, ...this.rollbackTroubles];
  }

  /** Hashes of the chunks that need not be sent again. */
  get hashes(): readonly string[] {
    return [...this.desired.chunks.keys()];
  }

  /** Takes a plan from the control process; one that breaks a rule is refused whole and changes nothing. */
  receive(message: ReceivedPlan | ReceivedChange): Checked<Plan> {
    const received = 'manifest' in message ? message : this.changed(message);
    if (typeof received === 'string') return { ok: false, problems: [received] };
    const assembled = assemblePlan(this.desired, received, sha256);
    if (!assembled.ok) return assembled;
    this.manifest = received.manifest;
    this.desired = assembled.value.plan;
    this.desiredTroubles = assembled.value.troubles;
    this.derive();
    return { ok: true, value: this.current };
  }

  /** @returns the whole plan that a change asks for, or why there is none */
  private changed(change: ReceivedChange): ReceivedPlan | string {
    if (this.manifest === null) return 'there is no plan here that it could change';
    try {
      return { manifest: applyPlanChange(this.manifest, change), isChecked: true, chunks: change.chunks };
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** Notes that the workers were given {@link plan} as target `version`. */
  noteServed(version: number, atMs: number): void {
    this.history = remember(this.history, { plan: this.current, version, atMs });
  }

  /** Notes that a worker died. True when that made {@link plan} another one. */
  noteDeath(death: Death): boolean {
    this.deaths = [...this.deaths.slice(-1), death];
    const blame = blameFor(this.history, this.deaths);
    if (blame === null) return false;
    const cause = death.cause.slice(0, LONGEST_CAUSE);
    const reason = `rolled back: two workers died within 10 s of this change (${cause})`;
    // The base of a later rollback holds what an earlier one went back to.
    const changed = new Map([...(this.rollback?.changed ?? []), ...blame.changed]);
    this.rollback = { base: blame.base, changed, reason };
    this.deaths = [];
    // Blamed plans are nothing to go back to.
    this.history = [{ ...blame.base, atMs: Number.NEGATIVE_INFINITY }];
    const before = this.current;
    this.derive();
    return this.current !== before;
  }

  /** A change that was rolled back stays so until the object gets another content. */
  private derive(): void {
    const { rollback, desired } = this;
    const isBanned = (entry: ServedEntry): boolean => rollback?.changed.get(entryKey(entry)) === entry.hash;
    const banned = desired.manifest.entries.filter(isBanned);
    this.current = desired;
    this.rollbackTroubles = [];
    if (rollback === null || banned.length === 0) {
      this.rollback = null;
      return;
    }
    const entries = desired.manifest.entries.map((entry) =>
      isBanned(entry) ? { ...entry, hash: null } : entry,
    );
    const received = {
      manifest: { ...desired.manifest, entries },
      chunks: Object.fromEntries(desired.chunks),
    };
    const kept = assemblePlan(rollback.base.plan, received, sha256);
    // Where the earlier forms do not fit what else is asked, going back altogether is the safe answer.
    this.current = kept.ok ? kept.value.plan : makePlan(desired.revision, rollback.base.plan.chunks);
    this.rollbackTroubles = banned.map(({ kind, id }) => ({ kind, id, reason: rollback.reason }));
  }
}
