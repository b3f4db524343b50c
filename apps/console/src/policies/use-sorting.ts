import type { ListenerWire } from '@elbow/api';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { policyMessages } from './messages.ts';
import { fetchRuledPolicies, ruledPolicies } from './queries.ts';
import { inOrder, type WholePolicy } from './whole-policy.ts';

/** Somebody else changed the order, or what is in it, since sorting began. */
class OrderChanged extends Error {}

export interface Sorting {
  /** In the order that is being made. */
  readonly order: readonly WholePolicy[];
  readonly move: (from: number, to: number) => void;
  readonly save: () => Promise<void>;
  readonly isSaving: boolean;
  readonly hasConflict: boolean;
  readonly error: ReturnType<typeof useWrite>['error'];
}

/**
 * An order that is made step by step and saved at once: priorities 1 to n in one call. Just before, the stored order is
 * compared with the one that sorting began with.
 */
export function useSorting(
  listener: ListenerWire,
  policies: readonly WholePolicy[],
  onDone: () => void,
): Sorting {
  const t = useMessages(policyMessages).sorting;
  const cache = useQueryClient();
  const [beginning] = useState(policies);
  const [order, setOrder] = useState(policies);
  const [hasConflict, setConflict] = useState(false);
  const write = useWrite({
    call: (l7policies: readonly { readonly id: string; readonly priority: number }[]) =>
      client.batchUpdatePoliciesPriority({ body: { l7policies } }),
    said: () => t.saved,
    concerns: () => [listener.id],
    onDone,
  });
  const checkUnchanged = async (): Promise<void> => {
    const stored = await fetchRuledPolicies(listener.id, AbortSignal.timeout(15_000));
    cache.setQueryData(ruledPolicies(listener.id).queryKey, stored);
    if (orderKey(inOrder(stored, true)) !== orderKey(beginning)) throw new OrderChanged();
  };
  const save = async (): Promise<void> => {
    try {
      await checkUnchanged();
    } catch (error) {
      if (error instanceof OrderChanged) return setConflict(true);
      // The write will say what is wrong with the connection.
    }
    await write.run(numbered(order));
  };
  return {
    order,
    move: (from, to) => setOrder((before) => moved(before, from, to)),
    save,
    isSaving: write.isRunning,
    hasConflict,
    error: write.error,
  };
}

function orderKey(policies: readonly WholePolicy[]): string {
  return policies.map(({ id, priority }) => `${id}:${priority}`).join(' ');
}

/** A redirect to a listener keeps its 0: it comes first whatever happens. */
function numbered(order: readonly WholePolicy[]) {
  const movable = order.filter(({ action }) => action !== 'REDIRECT_TO_LISTENER');
  return movable.map(({ id }, index) => ({ id, priority: index + 1 }));
}

export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const taken = list[from];
  if (taken === undefined || to < 0 || to >= list.length) return list;
  return list.toSpliced(from, 1).toSpliced(to, 0, taken);
}
