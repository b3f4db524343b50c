import type { CapabilitiesAnswer, ListenerWire, LoadBalancerWire } from '@elbow/api';
import { createContext, useContext } from 'react';

/** What the fields of a listener know of the world around it. */
export interface ListenerFormFacts {
  /** Editing, what cannot change is shown and locked. */
  readonly isNew: boolean;
  readonly loadBalancer: LoadBalancerWire;
  /** The other listeners of the load balancer. */
  readonly siblings: readonly ListenerWire[];
  readonly capabilities: CapabilitiesAnswer;
  /** What the server has to say of a field, from a preview of the whole. */
  readonly remarksOn: (field: string) => readonly string[];
}

export const ListenerFormContext = createContext<ListenerFormFacts | null>(null);

export function useListenerForm(): ListenerFormFacts {
  const facts = useContext(ListenerFormContext);
  if (facts === null) throw new Error('fields of a listener stand inside a ListenerFormContext');
  return facts;
}
