import { createContext, useContext } from 'react';
import type { Surroundings } from '../wizard/use-remarks.ts';

export interface ListenerPageFacts extends Surroundings {
  /** On its own page: it was deleted, and the page must not ask for it again. */
  readonly onGone?: () => void;
}

export const ListenerFactsContext = createContext<ListenerPageFacts | null>(null);

/** The load balancer of the listener on the page, its other listeners, and what nodes can do. */
export function useListenerFacts(): ListenerPageFacts {
  const facts = useContext(ListenerFactsContext);
  if (facts === null) throw new Error('this belongs on the page of a listener');
  return facts;
}
