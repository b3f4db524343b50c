import type { CheckTranscript, OneOffCheck } from '@elbow/plan';
import { sampleHealthCheck } from '@elbow/plan/testing';
import { describe, expect, it } from 'vitest';
import { oneOffCheck, type OneOffPorts } from './one-off-check.ts';

const target: OneOffCheck = { address: 'app.test', port: 80, check: sampleHealthCheck() };

/** Ports where `refused` addresses may not be connected to, and what was checked. */
function ports(answers: readonly string[] | Error, refused: readonly string[] = []) {
  const checked: string[] = [];
  const asked: OneOffPorts = {
    resolve: async () => {
      if (answers instanceof Error) throw answers;
      return { addresses: answers, ttlSeconds: 1 };
    },
    refusedAddress: (address) => (refused.includes(address) ? `${address} is refused` : null),
    checkOnce: async ({ address }): Promise<CheckTranscript> => {
      checked.push(address);
      return { isHealthy: true, reason: null, steps: [{ atMs: 1, text: 'connected' }] };
    },
  };
  return { asked, checked };
}

describe('oneOffCheck', () => {
  it('checks the first address of a name that may be connected to, and tells which there were', async () => {
    const { asked, checked } = ports(['169.254.1.1', '10.0.0.7'], ['169.254.1.1']);
    const transcript = await oneOffCheck(target, asked);
    expect(checked).toEqual(['10.0.0.7']);
    expect(transcript?.steps.map(({ text }) => text)).toEqual([
      'app.test stands for 169.254.1.1, 10.0.0.7',
      'connected',
    ]);
  });

  it('connects to no refused address, whether it was named or given', async () => {
    const { asked, checked } = ports(['169.254.1.1'], ['169.254.1.1']);
    const expected = { isHealthy: false, reason: { message: '169.254.1.1 is refused' } };
    expect(await oneOffCheck(target, asked)).toMatchObject(expected);
    expect(await oneOffCheck({ ...target, address: '169.254.1.1' }, asked)).toMatchObject(expected);
    expect(checked).toEqual([]);
  });

  it('says why a name leads nowhere', async () => {
    const missing = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    expect(await oneOffCheck(target, ports(missing).asked)).toMatchObject({
      isHealthy: false,
      reason: { code: 'CONNECT_FAILED', message: 'app.test cannot be resolved: ENOTFOUND' },
    });
    expect((await oneOffCheck(target, ports([]).asked))?.reason?.message).toBe(
      'app.test stands for no address',
    );
  });
});
