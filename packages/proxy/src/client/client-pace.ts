import type { ServedListener } from '../plan/served-listener.ts';
import type { BandwidthGate } from '../shared/bandwidth-gate.ts';
import type { Pace } from './paced-socket.ts';

/** The pace of a listener's clients by the bandwidth of its load balancer, which may change while they are connected. */
export function clientPace(gate: BandwidthGate, served: () => Pick<ServedListener, 'chunk'>): Pace {
  const bitsPerSecond = (): number => served().chunk.limits.flavor?.bitsPerSecond ?? 0;
  return {
    received: (byteCount) => {
      const limit = bitsPerSecond();
      if (limit === 0) return 0;
      const bits = byteCount * 8;
      // They are here already: what waits for its turn is what comes after them.
      return Math.max(0, gate.take('inbound', bits, limit) + (bits * 1000) / limit);
    },
    sending: (byteCount) => {
      const limit = bitsPerSecond();
      return limit === 0 ? 0 : Math.max(0, gate.take('outbound', byteCount * 8, limit));
    },
  };
}
