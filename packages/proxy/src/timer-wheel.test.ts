import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Deadline, SLOT_MS, TimerWheel } from './timer-wheel.ts';

const START = 1_000_000;

function owner(fired: string[], name = 'x'): Deadline {
  return {
    deadlineMs: 0,
    queuedSlot: 0,
    queuedAfter: null,
    queuedBefore: null,
    onDeadline: () => void fired.push(name),
  };
}

describe('TimerWheel', () => {
  it('fires once, not before the deadline and at most one slot after it', () => {
    const fired: string[] = [];
    const wheel = new TimerWheel(START);
    wheel.arm(owner(fired), 1000);
    wheel.advance(START + 999);
    expect(fired).toEqual([]);
    wheel.advance(START + 1000 + SLOT_MS);
    expect(fired).toEqual(['x']);
    wheel.advance(START + 10_000);
    expect(fired).toEqual(['x']);
  });

  it('follows a deadline that moves later, earlier or away', () => {
    const fired: string[] = [];
    const wheel = new TimerWheel(START);
    const later = owner(fired, 'later');
    const earlier = owner(fired, 'earlier');
    const never = owner(fired, 'never');
    for (const each of [later, earlier, never]) wheel.arm(each, 5000);
    wheel.arm(later, 9000);
    wheel.arm(earlier, 1000);
    wheel.disarm(never);
    wheel.advance(START + 1200);
    expect(fired).toEqual(['earlier']);
    wheel.advance(START + 8000);
    expect(fired).toEqual(['earlier']);
    wheel.advance(START + 9200);
    expect(fired).toEqual(['earlier', 'later']);
  });

  it('keeps deadlines beyond one turn of the wheel', () => {
    const fired: string[] = [];
    const wheel = new TimerWheel(START);
    wheel.arm(owner(fired), 4_000_000);
    wheel.advance(START + 3_999_000);
    expect(fired).toEqual([]);
    wheel.advance(START + 4_000_100);
    expect(fired).toEqual(['x']);
  });

  it('lets an owner arm itself again while it fires', () => {
    const wheel = new TimerWheel(START);
    let count = 0;
    const again: Deadline = {
      deadlineMs: 0,
      queuedSlot: 0,
      queuedAfter: null,
      queuedBefore: null,
      onDeadline: () => {
        count++;
        wheel.arm(again, 1000);
      },
    };
    wheel.arm(again, 1000);
    for (let t = START; t <= START + 5000; t += SLOT_MS) wheel.advance(t);
    expect(count).toBe(5);
  });

  it('lets go of an owner that is disarmed, long before its slot comes round', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage: () => void = runInNewContext('gc');
    const wheel = new TimerWheel(START);
    const gone = [5000, 600_000, 4_000_000].map((delayMs) => {
      const disarmed = owner([]);
      wheel.arm(disarmed, delayMs);
      wheel.arm(disarmed, delayMs / 2);
      wheel.arm(disarmed, delayMs * 2);
      wheel.disarm(disarmed);
      return new WeakRef(disarmed);
    });
    await new Promise((resolve) => setImmediate(resolve)); // a WeakRef holds its target until the turn ends
    collectGarbage();
    expect(gone.map((reference) => reference.deref())).toEqual([undefined, undefined, undefined]);
    wheel.advance(START + 1000);
  });

  it('fires every owner within one step of its last deadline, for any sequence', () => {
    const step = fc.tuple(
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 0, max: 700_000 }),
      fc.integer({ min: 1, max: 500 }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const wheel = new TimerWheel(START);
        const due = [0, 0, 0, 0, 0];
        let now = START;
        const owners = due.map(
          (_, i): Deadline => ({
            deadlineMs: 0,
            queuedSlot: 0,
            queuedAfter: null,
            queuedBefore: null,
            onDeadline: () => {
              expect(due[i]).toBeGreaterThan(0);
              expect(now).toBeGreaterThanOrEqual(due[i]!);
              due[i] = 0;
            },
          }),
        );
        const advance = (ms: number): void => {
          now += ms;
          wheel.advance(now);
          for (const each of due) expect(each === 0 || now - each < ms + SLOT_MS).toBe(true);
        };
        for (const [i, delay, pause] of steps) {
          wheel.arm(owners[i]!, delay);
          due[i] = now + delay;
          advance(pause);
        }
        advance(800_000);
        expect(due).toEqual([0, 0, 0, 0, 0]);
      }),
      { numRuns: 50 },
    );
  });
});
