import type { ListenerChunk, ObjectTrouble } from '@elbow/plan';
import { overlaps, probePort } from './port-probe.ts';
import type { Endpoint } from './port-probe.ts';

/** Probes at the same time: enough to be quick with a thousand listeners, few enough to spare the open-files limit. */
const PROBES_AT_ONCE = 64;

interface OpenPort extends Endpoint {
  /** The first target version without it; null while it is wanted. */
  retiredAt: number | null;
}

/**
 * Which ports are ours. A VIP:port is probed before the workers first open it, and never while a worker may have it
 * open: then the probe would find ourselves.
 */
export class PortLedger {
  /** By listener id; a listener's address and port never change. */
  private readonly open = new Map<string, OpenPort>();
  private readonly refused = new Map<string, string>();

  /** Listeners that may not be given to the workers, with the reason. */
  get troubles(): readonly ObjectTrouble[] {
    return [...this.refused].map(([id, reason]) => ({ kind: 'listener', id, reason }));
  }

  isRefused(listener: string): boolean {
    return this.refused.has(listener);
  }

  /** Judges all listeners of a plan: probes those whose port is not ours yet. */
  async admit(listeners: readonly ListenerChunk[]): Promise<void> {
    const unknown = listeners.filter((listener) => !this.isOurs(listener));
    const reasons = new Map<string, string | null>();
    for (let at = 0; at < unknown.length; at += PROBES_AT_ONCE) {
      const batch = unknown.slice(at, at + PROBES_AT_ONCE);
      const found = await Promise.all(batch.map(probePort));
      batch.forEach(({ id }, index) => reasons.set(id, found[index]!));
    }
    this.refused.clear();
    for (const [id, reason] of reasons) if (reason !== null) this.refused.set(id, reason);
  }

  /** Notes which listeners the workers are given with target `version`. */
  assign(listeners: readonly ListenerChunk[], version: number): void {
    const wanted = new Set(listeners.map(({ id }) => id));
    for (const [id, port] of this.open) if (!wanted.has(id)) port.retiredAt ??= version;
    for (const { id, address, port } of listeners) this.open.set(id, { address, port, retiredAt: null });
  }

  /** Forgets ports that no worker has open any more; see {@link SlotAllocator.reclaim}. */
  reclaim(oldestVersionInUse: number): void {
    for (const [id, { retiredAt }] of this.open) {
      if (retiredAt !== null && retiredAt <= oldestVersionInUse) this.open.delete(id);
    }
  }

  private isOurs(asked: ListenerChunk): boolean {
    if (this.open.has(asked.id)) return true;
    for (const held of this.open.values()) if (overlaps(asked, held)) return true;
    return false;
  }
}
