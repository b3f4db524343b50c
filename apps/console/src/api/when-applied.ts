import type { NodeAnswer } from '@elbow/api';
import { client } from './client.ts';

export type Applied =
  | { readonly kind: 'live' }
  | { readonly kind: 'trouble'; readonly reason: string }
  /** Still not everywhere after a long time. */
  | { readonly kind: 'late' };

export interface Progress {
  readonly isPending: boolean;
  readonly onProgress: (appliedNodes: number, allNodes: number) => void;
}

const everyMs = 700;
const mostRounds = 40;

/**
 * Waits until every node serves what it was sent last.
 * @param ids objects whose trouble counts
 */
export async function whenApplied(ids: readonly string[], progress: Progress): Promise<Applied> {
  try {
    if (progress.isPending && !(await everyNodeServes(progress))) return { kind: 'late' };
    const { body } = await client.listTroubles();
    const trouble = body.troubles.find(({ id }) => ids.includes(id));
    return trouble === undefined ? { kind: 'live' } : { kind: 'trouble', reason: trouble.reason };
  } catch {
    // What was saved stays saved; only how far it has come is not known.
    return { kind: 'late' };
  }
}

async function everyNodeServes({ onProgress }: Progress): Promise<boolean> {
  for (let round = 0; round < mostRounds; round += 1) {
    const { nodes } = (await client.listNodes()).body;
    const applied = nodes.filter(servesNewest).length;
    if (nodes.length > 0 && applied === nodes.length) return true;
    onProgress(applied, nodes.length);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return false;
}

function servesNewest({ refusal, delivered_revision: delivered, workers }: NodeAnswer): boolean {
  const alive = workers.filter(({ state }) => state !== 'dead');
  return refusal === null && alive.length > 0 && alive.every(({ revision }) => revision >= delivered);
}
