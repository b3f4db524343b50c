import { describe, expect, it } from 'vitest';
import { PoolTokenSeal } from './token-seal.ts';

const key = new Uint8Array(32).fill(7);

describe('PoolTokenSeal', () => {
  it('opens what any worker with the same key has sealed for the pool', () => {
    const sealed = new PoolTokenSeal(key, 'p').seal('text');
    expect(sealed).toMatch(/^[\w.-]+$/);
    expect(sealed).not.toContain(Buffer.from('text').toString('base64url'));
    expect(new PoolTokenSeal(key, 'p').open(sealed)).toBe('text');
  });

  it('opens nothing else', () => {
    const sealed = new PoolTokenSeal(key, 'p').seal('text');
    const at = sealed.length - 8;
    const damaged = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
    const seal = new PoolTokenSeal(key, 'p');
    for (const rubbish of ['', 'v1.', 'v1.AAAA', 'text', damaged, sealed.slice(0, -1), `${sealed}A`])
      expect(seal.open(rubbish)).toBeNull();
    expect(new PoolTokenSeal(key, 'other').open(sealed)).toBeNull();
    expect(new PoolTokenSeal(new Uint8Array(32), 'p').open(sealed)).toBeNull();
  });

  it('does the work for the same text once', () => {
    const seal = new PoolTokenSeal(key, 'p');
    expect(seal.seal('text')).toBe(seal.seal('text'));
    expect(seal.seal('other')).not.toBe(seal.seal('text'));
  });
});
