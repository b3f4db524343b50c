import type { PoolChunk } from '@elbow/plan';
import { sampleHealthCheck } from '@elbow/plan/testing';
import { describe, expect, it } from 'vitest';
import { CheckedMembers } from './checked-members.ts';
import type { Counted } from './collect-metrics.ts';
import { countedPool, poolChunk } from './testing/chunks.ts';

const check = sampleHealthCheck();

let hashes = 0;

function served(changes: Partial<PoolChunk>): Counted {
  const chunk = { ...poolChunk('pool-1', [9001, 9002]), healthCheck: check, ...changes };
  return countedPool(chunk, { hash: `hash-${hashes++}` });
}

const idsOf = (put: readonly { readonly member: { readonly memberId: string } }[]): readonly string[] =>
  put.map(({ member }) => member.memberId);

describe('CheckedMembers', () => {
  it('are those of pools that have a check', () => {
    const members = new CheckedMembers(() => null);
    const pool = served({});
    const ids = pool.chunk.kind === 'pool' ? pool.chunk.members.map(({ id }) => id) : [];
    expect(idsOf(members.update([pool, served({ id: 'pool-2', healthCheck: null })]).put)).toEqual(ids);
    expect(members.update([pool])).toEqual({ put: [], remove: [] });
    expect(members.update([served({ healthCheck: null })])).toEqual({ put: [], remove: ids });
  });

  it('are told again only when they are checked in another way', () => {
    const members = new CheckedMembers(() => null);
    members.update([served({})]);
    expect(members.update([served({ isFailOpen: true, algorithm: 'SOURCE_IP' })]).put).toEqual([]);
    expect(members.update([served({ healthCheck: { ...check, port: 99 } })]).put).toMatchObject([
      { member: { port: 99 } },
      { member: { port: 99 } },
    ]);
    const more = poolChunk('pool-1', [9001, 9002, 9003]).members;
    expect(members.update([served({ members: more, healthCheck: { ...check, port: 99 } })]).put).toHaveLength(
      1,
    );
    expect(members.update([served({ members: [] })]).remove).toHaveLength(3);
  });

  it('know the pool as it is served now', () => {
    const members = new CheckedMembers(() => null);
    members.update([served({})]);
    const now = served({ isFailOpen: true });
    members.update([now]);
    const [id] = now.chunk.kind === 'pool' ? now.chunk.members.map((member) => member.id) : [];
    expect(members.get(id ?? '')?.pool).toBe(now);
  });
});
