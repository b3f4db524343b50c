import type { ListenerChunk } from '@elbow/plan';
import type { Generation, NativeContext } from '@elbow/tls';
import type { ServedRouting } from '../route/served-routing.ts';
import type { BandwidthGate } from '../shared/bandwidth-gate.ts';
import type { ListenerSlot } from '../shared/listener-slot.ts';

/** A listener as this worker serves it: immutable, replaced as a whole when its chunk or anything that it refers to changes. */
export interface ServedListener {
  readonly chunk: ListenerChunk;
  readonly slot: ListenerSlot;
  /** What it shares with the other listeners of its load balancer. */
  readonly owner: ServedOwner;
  readonly routing: ServedRouting;
  /** Null for HTTP. */
  readonly tls: ServedTls | null;
}

/** What the listeners of a load balancer count together, over all workers. */
export interface ServedOwner {
  readonly slot: ListenerSlot;
  readonly bandwidth: BandwidthGate;
}

/** The TLS side of a listener, by the engine that speaks it; the same one for all listeners of a worker. */
export type ServedTls =
  | { readonly engine: 'node'; readonly generation: Generation }
  | { readonly engine: 'native'; readonly context: NativeContext };
