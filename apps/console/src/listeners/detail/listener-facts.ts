import { createContext, useContext } from 'react';
import type { Surroundings } from '../wizard/use-remarks.ts';

export const ListenerFactsContext = createContext<Surroundings | null>(null);

/** The load balancer of the listener on the page, its other listeners, and what nodes can do. */
export function useListenerFacts(): Surroundings {
  const facts = useContext(ListenerFactsContext);
  if (facts === null) throw new Error('this belongs on the page of a listener');
  return facts;
}
