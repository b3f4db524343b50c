import type { ListenerChunk } from '@elbow/plan';
import type { Generation } from '@elbow/tls';
import type { ServedRouting } from '../route/served-routing.ts';
import type { ListenerSlot } from '../shared/listener-slot.ts';

/** A listener as this worker serves it: immutable, replaced as a whole when its chunk or anything that it refers to changes. */
export interface ServedListener {
  readonly chunk: ListenerChunk;
  readonly slot: ListenerSlot;
  readonly routing: ServedRouting;
  /** Null for HTTP. */
  readonly generation: Generation | null;
}
