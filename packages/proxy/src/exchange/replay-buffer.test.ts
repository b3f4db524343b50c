import { REPLAY_BYTES } from '@elbow/traffic';
import { describe, expect, it } from 'vitest';
import { ReplayBudget } from './replay-budget.ts';
import { ReplayBuffer } from './replay-buffer.ts';

const bytes = (count: number): Buffer => Buffer.alloc(count);

describe('a replay buffer', () => {
  it('keeps a body of 64 KiB, and nothing of a larger one', () => {
    const buffer = new ReplayBuffer(new ReplayBudget(1_000_000));
    buffer.keep(bytes(REPLAY_BYTES - 1));
    buffer.keep(bytes(1));
    expect([buffer.isWhole, Buffer.concat(buffer.content).length]).toEqual([true, REPLAY_BYTES]);
    buffer.keep(bytes(1));
    expect([buffer.isWhole, buffer.content]).toEqual([false, []]);
  });

  it('keeps nothing beyond the budget of its connection, or of its worker', () => {
    const worker = new ReplayBudget(100);
    const connections = [new ReplayBudget(60, worker), new ReplayBudget(60, worker)];
    const buffers = [connections[0]!, connections[0]!, connections[1]!, connections[1]!].map(
      (budget) => new ReplayBuffer(budget),
    );
    for (const buffer of buffers) buffer.keep(bytes(40));
    expect(buffers.map(({ isWhole }) => isWhole)).toEqual([true, false, true, false]);
  });

  it('gives everything back once, however it ends', () => {
    const budget = new ReplayBudget(REPLAY_BYTES + 10);
    for (let round = 0; round < 5; round++) {
      const [kept, lost] = [new ReplayBuffer(budget), new ReplayBuffer(budget)];
      kept.keep(bytes(REPLAY_BYTES));
      lost.keep(bytes(11));
      for (const buffer of [kept, lost, kept]) buffer.release();
    }
    expect([budget.take(REPLAY_BYTES + 10), budget.take(1)]).toEqual([true, false]);
  });
});
