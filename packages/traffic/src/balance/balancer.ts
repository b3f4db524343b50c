import type { PoolChunk } from '@elbow/plan';
import type { HashRing } from './hash-ring.ts';
import type { EndingCounts, InFlightCell } from './count-block.ts';
import { LeastConnections } from './least-connections.ts';
import { memberAtTicket, SmoothRoundRobin, smoothSchedule } from './round-robin.ts';

/** Hands out tickets that no other request of the node has. */
export interface TicketSource {
  takeTicket(): number;
}

/** Which member a request goes to, by one algorithm and one set of weights. Members are named by their index. */
export interface Balancer {
  /** The member for a new request; -1 when no weight is positive. */
  pick(clientAddress: string): number;
  /** One for a request that failed at `tried`; -1 when none is left. Takes no ticket: shares count first picks. */
  pickOther(tried: readonly number[], clientAddress: string): number;
  /** Has what is remembered of shared counts looked up anew. */
  forget(): void;
}

export interface BalancerParts {
  /** Whole numbers ≥ 0; a member of weight 0 is never picked. */
  readonly weights: readonly number[];
  readonly tickets: TicketSource;
  /** Asked by least connections only. */
  readonly cells: () => readonly InFlightCell[];
  /** Of least connections in a large pool. */
  readonly endings: EndingCounts | null;
  /** Asked by source address only. */
  readonly ring: () => HashRing;
  /** What served the same members until now, if anything did. */
  readonly before: Balancer | null;
}

export function makeBalancer(algorithm: PoolChunk['algorithm'], parts: BalancerParts): Balancer {
  switch (algorithm) {
    case 'ROUND_ROBIN':
      return new RoundRobin(parts);
    case 'LEAST_CONNECTIONS':
      return leastConnections(parts);
    case 'SOURCE_IP':
      return sourceAddress(parts);
  }
}

class RoundRobin implements Balancer {
  private readonly weights: readonly number[];
  private readonly tickets: TicketSource;
  private readonly schedule: Uint16Array | null;
  private readonly own: SmoothRoundRobin | null;

  constructor({ weights, tickets, before }: BalancerParts) {
    const earlier = before instanceof RoundRobin ? before.own : null;
    this.weights = weights;
    this.tickets = tickets;
    this.schedule = smoothSchedule(weights);
    this.own = this.schedule === null ? new SmoothRoundRobin(weights, earlier) : null;
  }

  pick(): number {
    return this.schedule === null
      ? this.own!.next()
      : memberAtTicket(this.schedule, this.tickets.takeTicket());
  }

  pickOther(tried: readonly number[]): number {
    return nextOther(this.weights, tried);
  }

  forget(): void {}
}

function leastConnections({ weights, tickets, cells, endings }: BalancerParts): Balancer {
  const schedule = smoothSchedule(weights);
  const least = new LeastConnections({ weights, cells: cells(), schedule, endings });
  return {
    pick: () => least.pick(tickets.takeTicket()),
    pickOther: (tried) => least.pickOther(tried),
    forget: () => least.forget(),
  };
}

function sourceAddress({ weights, ring: ringOf }: BalancerParts): Balancer {
  const usable = Uint8Array.from(weights, (weight) => (weight > 0 ? 1 : 0));
  const count = usable.reduce((sum, one) => sum + one, 0);
  const ring = count * FEW < weights.length ? ringOf().only(usable) : ringOf();
  return {
    pick: (clientAddress) => ring.memberFor(clientAddress, usable),
    pickOther: (tried, clientAddress) => {
      const others = usable.slice();
      for (const member of tried) others[member] = 0;
      return ring.memberFor(clientAddress, others);
    },
    forget: () => {},
  };
}

/** Where less than one in so many may be used, a look-up would walk past more points than another ring takes memory. */
const FEW = 4;

/** The next member in the list after the one that failed last. */
function nextOther(weights: readonly number[], tried: readonly number[]): number {
  const start = (tried.at(-1) ?? -1) + 1;
  for (let step = 0; step < weights.length; step++) {
    const member = (start + step) % weights.length;
    if (weights[member]! > 0 && !tried.includes(member)) return member;
  }
  return -1;
}
