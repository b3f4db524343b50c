import { describe, expect, it } from 'vitest';
import { HandshakeGate, type LeaveGate } from './handshake-gate.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function collect(gate: HandshakeGate, count: number): { begun: LeaveGate[]; refused: number } {
  const seen = { begun: [] as LeaveGate[], refused: 0 };
  for (let i = 0; i < count; i++) if (!gate.enter((leave) => seen.begun.push(leave))) seen.refused += 1;
  return seen;
}

describe('HandshakeGate', () => {
  it('begins so many in one turn, the others in later ones', async () => {
    const gate = new HandshakeGate({ mostUnderWay: 100, mostWaiting: 100, startsPerTurn: 3 });
    const { begun } = collect(gate, 8);
    expect(begun).toHaveLength(3);
    await turn();
    expect(begun).toHaveLength(6);
    await turn();
    expect(begun).toHaveLength(8);
  });

  it('keeps so many under way and begins the next when one ends', async () => {
    const gate = new HandshakeGate({ mostUnderWay: 2, mostWaiting: 10, startsPerTurn: 10 });
    const { begun } = collect(gate, 5);
    await turn();
    await turn();
    expect(begun).toHaveLength(2);
    begun[0]!();
    begun[0]!();
    await turn();
    expect(begun).toHaveLength(3);
    expect(gate.underWay).toBe(2);
  });

  it('turns away what does not fit in the queue', () => {
    const gate = new HandshakeGate({ mostUnderWay: 1, mostWaiting: 2, startsPerTurn: 10 });
    const { begun, refused } = collect(gate, 6);
    expect({ begun: begun.length, refused, waiting: gate.waitingCount }).toEqual({
      begun: 1,
      refused: 3,
      waiting: 2,
    });
  });
});
