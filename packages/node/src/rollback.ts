import { entryKey } from '@elbow/plan';
import type { Plan } from '@elbow/plan';

/** Two deaths this soon after a change are held against the change, not against chance. */
export const BLAME_WINDOW_MS = 10_000;
/** Plans remembered; of more within the window neighbours are taken for one. */
const LONGEST_HISTORY = 32;

/** A plan that was given to the workers, and when. */
export interface ServedPlan {
  readonly plan: Plan;
  /** The target it became; they count up. */
  readonly version: number;
  readonly atMs: number;
}

/** The end of a worker that was not stopped on purpose. */
export interface Death {
  readonly atMs: number;
  readonly cause: string;
  /** A version it served well until it was given the next and died of that; null when it died at another time. */
  readonly provenVersion: number | null;
}

export interface Blame {
  /** What was served before the first blamed change. */
  readonly base: ServedPlan;
  /** Objects that the blamed plans changed, by `entryKey`, each with the hash it was changed to. */
  readonly changed: ReadonlyMap<string, string>;
}

/**
 * Adds a plan to the history, oldest first. Kept are those of the blame window and the newest before it, which is
 * the one to go back to.
 */
export function remember(history: readonly ServedPlan[], served: ServedPlan): readonly ServedPlan[] {
  const longer = [...history, served];
  const inWindow = longer.findIndex(({ atMs }) => served.atMs - atMs <= BLAME_WINDOW_MS);
  const kept = longer.slice(Math.max(0, inWindow - 1));
  // The oldest stays: it is the base. The changes of the one after it count as the next one's.
  return kept.length > LONGEST_HISTORY ? kept.toSpliced(1, 1) : kept;
}

/**
 * Which changes are to be rolled back: those of plans given to the workers at most ten seconds before two workers
 * died, without the plans that one of them had proven good. Objects that changed together are blamed together;
 * nobody can tell them apart, and a rollback that spares the culprit costs another two workers. A removal is never
 * blamed: a worker that starts after it never saw the object.
 *
 * @param deaths oldest first; the last two count
 * @returns null when chance is the better explanation
 */
export function blameFor(history: readonly ServedPlan[], deaths: readonly Death[]): Blame | null {
  const [first, second] = [deaths.at(-2), deaths.at(-1)];
  if (first === undefined || second === undefined) return null;
  const proven = Math.max(first.provenVersion ?? -1, second.provenVersion ?? -1);
  const isBlamed = ({ atMs, version }: ServedPlan): boolean =>
    version > proven && atMs <= first.atMs && second.atMs - atMs <= BLAME_WINDOW_MS;
  const start = history.findIndex(isBlamed);
  // The oldest plan of the history has nothing before it to go back to.
  if (start < 1) return null;
  const base = history[start - 1]!;
  const changed = changesBetween(base.plan, history.findLast(isBlamed)!.plan);
  return changed.size === 0 ? null : { base, changed };
}

function changesBetween(before: Plan, after: Plan): ReadonlyMap<string, string> {
  const changed = new Map<string, string>();
  for (const entry of after.manifest.entries) {
    if (!before.chunks.has(entry.hash)) changed.set(entryKey(entry), entry.hash);
  }
  return changed;
}
