import type { SlotRef } from '@elbow/proxy';
import type { SlotAllocator } from './slot-allocator.ts';

/** The slots of load balancers, one for each that has a listener: what its listeners count together. */
export class OwnerSlots {
  private readonly slots: Pick<SlotAllocator, 'allocate' | 'retire'>;
  private readonly byId = new Map<string, SlotRef>();

  constructor(slots: Pick<SlotAllocator, 'allocate' | 'retire'>) {
    this.slots = slots;
  }

  slotOf(loadBalancerId: string): SlotRef {
    const known = this.byId.get(loadBalancerId);
    if (known !== undefined) return known;
    const slot = this.slots.allocate();
    this.byId.set(loadBalancerId, slot);
    return slot;
  }

  /** Notes that targets from `version` on have listeners of these load balancers alone. */
  keepOnly(loadBalancerIds: ReadonlySet<string>, version: number): void {
    for (const [id, slot] of this.byId) {
      if (loadBalancerIds.has(id)) continue;
      this.byId.delete(id);
      this.slots.retire(slot, version);
    }
  }
}
