import { type ChunkKind, entryKey, type ListenerChunk, type ObjectTrouble, referencesOf } from '@elbow/plan';
import { createGeneration, EndpointCache, type TlsEvents } from '@elbow/tls';
import { type ListenerHost, ListenerSocket } from '../listener-socket.ts';
import { routingName, routingOf, routingReferences } from '../route/served-routing.ts';
import { BandwidthGate } from '../shared/bandwidth-gate.ts';
import { ListenerSlot } from '../shared/listener-slot.ts';
import { MemberSlot } from '../shared/member-slot.ts';
import { PoolSlot } from '../shared/pool-slot.ts';
import { slotOfNumber, type SlotRef } from '../shared/slot-arena.ts';
import { TimeSlice } from '../time-slice.ts';
import type { SharedChunk, ToWorker } from '../worker-messages.ts';
import { ChunkStore, decodeChunk } from './chunk-store.ts';
import type { ServedListener, ServedOwner, ServedTls } from './served-listener.ts';
import { LazyPool, ServedPlan } from './served-plan.ts';
import { addressKey, ServedPool } from './served-pool.ts';
import { generationName, tlsSettingsOf } from './tls-of-listener.ts';

type PlanMessage = Extract<ToWorker, { readonly type: 'plan' }>;

export interface PlanPlace {
  readonly worker: number;
  readonly workers: number;
  readonly sealingKey: Uint8Array;
}

interface InForce {
  readonly hash: string;
  readonly generationName: string | null;
  /** Chunks that it is made of besides its own, but for pools, which are looked up by each request. */
  readonly references: readonly string[];
  /** False while its newest form could not be made: that is tried again with every plan. */
  readonly isAsAsked: boolean;
  readonly served: ServedListener;
}

function isStillGood(
  before: InForce | undefined,
  shared: SharedChunk,
  changed: ReadonlySet<string>,
): before is InForce {
  if (before === undefined || !before.isAsAsked || before.hash !== shared.hash) return false;
  return !before.references.some((key) => changed.has(key));
}

/**
 * Takes plans into service: what did not change stays as it is, what changed is made anew beside the old, and one
 * assignment puts all of it in force. A listener whose new form cannot be made keeps its old one.
 */
export class PlanKeeper {
  private readonly chunks = new ChunkStore();
  private readonly endpoints = new EndpointCache();
  private readonly place: PlanPlace;
  private readonly host: ListenerHost;
  private readonly inForce = new Map<string, InForce>();
  private readonly sockets = new Map<string, ListenerSocket>();
  plan: ServedPlan = ServedPlan.empty;
  /** What is done in the turn that puts the next plan in force. */
  private readonly atEntry: (() => void)[] = [];

  constructor(place: PlanPlace, host: ListenerHost) {
    this.place = place;
    this.host = host;
  }

  /** @returns the objects of this revision that are not served as asked, with the reasons */
  async apply(message: PlanMessage): Promise<readonly ObjectTrouble[]> {
    for (const arena of message.arenas) this.chunks.addArena(arena.index, arena.buffer);
    for (const chunk of message.put) this.chunks.put(chunk);
    for (const { kind, id } of message.remove) this.chunks.remove(kind, id);
    const troubles: ObjectTrouble[] = [];
    const changed = new Set([...message.put, ...message.remove].map(entryKey));
    const listeners = await this.prepareListeners(changed, troubles);
    const before = this.plan;
    for (const act of this.atEntry.splice(0)) act();
    this.plan = new ServedPlan(message.revision, listeners, this.preparePools());
    for (const [id, served] of listeners) {
      const socket = this.sockets.get(id);
      if (socket !== undefined) socket.serveAs(served);
    }
    this.closeRemoved(listeners);
    await this.openNew(listeners, troubles);
    this.letGo(before);
    return troubles;
  }

  get openClients(): number {
    return [...this.sockets.values()].reduce((sum, socket) => sum + socket.openClients, 0);
  }

  /** Once a second. */
  tick(nowMs: number): void {
    for (const socket of this.sockets.values()) socket.tick(nowMs);
    for (const pool of this.plan.pools.values()) pool.decoded?.refresh();
    this.host.context.tunnels.tick(nowMs);
  }

  /** Stops accepting everywhere; answers in progress go on. */
  closeAll(): void {
    for (const socket of this.sockets.values()) socket.close();
    this.sockets.clear();
  }

  private async prepareListeners(
    changed: ReadonlySet<string>,
    troubles: ObjectTrouble[],
  ): Promise<Map<string, ServedListener>> {
    const listeners = new Map<string, ServedListener>();
    const slice = new TimeSlice();
    for (const shared of this.chunks.all('listener')) {
      const before = this.inForce.get(shared.id);
      // Of thousands of listeners one changes at a time.
      const served = isStillGood(before, shared, changed)
        ? before.served
        : await this.prepareListener(shared, troubles);
      if (served !== null) listeners.set(shared.id, served);
      await slice.rest();
    }
    return listeners;
  }

  private async prepareListener(
    shared: SharedChunk,
    troubles: ObjectTrouble[],
  ): Promise<ServedListener | null> {
    const before = this.inForce.get(shared.id) ?? null;
    const chunk = before?.hash === shared.hash ? before.served.chunk : decodeChunk('listener', shared);
    const name = generationName(chunk, this.chunks);
    const isSameRouting = before?.served.routing.name === routingName(chunk, this.chunks);
    if (before?.hash === shared.hash && before.generationName === name && isSameRouting) return before.served;
    try {
      const tls = before?.generationName === name ? before.served.tls : this.tlsOf(chunk);
      const slot = before?.served.slot ?? this.listenerSlot(shared, shared.slot);
      const owner = before?.served.owner ?? this.ownerOf(shared);
      const routing = await routingOf(
        chunk,
        {
          chunks: this.chunks,
          sealingKey: this.place.sealingKey,
          atEntry: (act) => this.atEntry.push(act),
        },
        before?.served.routing ?? null,
      );
      const served = { chunk, slot, owner, tls, routing };
      const own = referencesOf(chunk).filter(({ kind }) => kind !== 'pool');
      const references = [...own.map(entryKey), ...routingReferences(chunk, this.chunks)];
      this.inForce.set(shared.id, {
        hash: shared.hash,
        generationName: name,
        references,
        isAsAsked: true,
        served,
      });
      return served;
    } catch (error) {
      if (before !== null) this.inForce.set(shared.id, { ...before, isAsAsked: false });
      troubles.push(trouble('listener', shared.id, error));
      return before?.served ?? null;
    }
  }

  /** @throws when OpenSSL refuses a certificate, a key or the suites; the message says which */
  private tlsOf(chunk: ListenerChunk): ServedTls | null {
    const { chunks, endpoints, place, host } = this;
    if (chunk.tls === null) return null;
    const settings = tlsSettingsOf(chunk, chunk.tls, { chunks, sealingKey: place.sealingKey });
    const { nativeTls, ticketKeys } = host.context;
    if (nativeTls === null) {
      const generation = createGeneration({ ...settings, endpoints }, this.tlsEvents(chunk));
      return { engine: 'node', generation };
    }
    const own = { ticketKeys: ticketKeys.nativeKeysFor(chunk.id), takesEarlyData: chunk.tls.takesEarlyData };
    return { engine: 'native', context: nativeTls.createContext({ ...settings, ...own }) };
  }

  private tlsEvents(chunk: ListenerChunk): TlsEvents {
    return {
      onSecure: (socket, facts) => {
        const listenerSocket = this.sockets.get(chunk.id);
        if (listenerSocket === undefined) socket.destroy();
        else listenerSocket.secured(socket, facts);
      },
      onHandshakeError: (error) => this.host.context.recorder.handshakeFailed(chunk, error.message),
    };
  }

  private listenerSlot({ id }: SharedChunk, slot: SlotRef | null): ListenerSlot {
    if (slot === null) throw new Error(`listener ${id} has no slot`);
    return new ListenerSlot(this.chunks.words(slot), slot, this.place);
  }

  private ownerOf(shared: SharedChunk): ServedOwner {
    const ref = shared.ownerSlot;
    const slot = this.listenerSlot(shared, ref);
    const { workers } = this.place;
    return { slot, bandwidth: new BandwidthGate(this.chunks.words(ref!), { ref: ref!, workers }) };
  }

  private preparePools(): Map<string, LazyPool> {
    const pools = new Map<string, LazyPool>();
    for (const shared of this.chunks.all('pool')) {
      const before = this.plan.pools.get(shared.id);
      pools.set(shared.id, before?.hash === shared.hash ? before : this.lazyPool(shared, before));
    }
    return pools;
  }

  private lazyPool(shared: SharedChunk, before: LazyPool | undefined): LazyPool {
    const { slot } = shared;
    if (slot === null) throw new Error(`pool ${shared.id} has no slot`);
    const { worker, workers, sealingKey } = this.place;
    const ring = before?.decoded?.ring ?? null;
    return new LazyPool(shared.hash, () => {
      return new ServedPool(decodeChunk('pool', shared), {
        slot: new PoolSlot(this.chunks.words(slot), slot, workers),
        memberSlot: (index) => this.memberSlot(shared.memberSlots[index]!),
        worker,
        sealingKey,
        nowMs: Date.now,
        memberWentDown: (address, port) => this.host.context.memberPools.dropAt(address, port),
        ring,
      });
    });
  }

  private memberSlot(number: number): MemberSlot {
    const place = slotOfNumber(number);
    return new MemberSlot(this.chunks.words(place), place, this.place.workers);
  }

  /** Idle connections to addresses that no member has any more go at once, tunnels to members that are gone later. */
  private letGo(before: ServedPlan): void {
    const { memberPools, tunnels, wheel } = this.host.context;
    const lost = new Set(before.addressesGoneFrom(this.plan));
    if (lost.size > 0) memberPools.keepOnly(({ address, port }) => !lost.has(addressKey(address, port)));
    tunnels.review(
      ({ poolId, memberId }) => this.plan.keepsMember(poolId ?? '', memberId ?? ''),
      wheel.nowMs,
    );
  }

  private closeRemoved(listeners: ReadonlyMap<string, ServedListener>): void {
    for (const [id, socket] of this.sockets) {
      if (listeners.has(id)) continue;
      this.sockets.delete(id);
      socket.close();
    }
    // Also those that never opened: under the same id another slot may come.
    for (const id of this.inForce.keys()) if (!listeners.has(id)) this.inForce.delete(id);
  }

  private async openNew(
    listeners: ReadonlyMap<string, ServedListener>,
    troubles: ObjectTrouble[],
  ): Promise<void> {
    const opening = [...listeners]
      .filter(([id]) => !this.sockets.has(id))
      .map(async ([id, served]) => {
        const socket = new ListenerSocket(this.host, served);
        this.sockets.set(id, socket);
        try {
          await socket.open();
        } catch (error) {
          this.sockets.delete(id);
          troubles.push(trouble('listener', id, error));
        }
      });
    await Promise.all(opening);
  }
}

function trouble(kind: ChunkKind, id: string, error: unknown): ObjectTrouble {
  return { kind, id, reason: error instanceof Error ? error.message : String(error) };
}
