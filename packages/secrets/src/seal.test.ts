import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seal, SealBroken, unseal } from './seal.ts';

const key = randomBytes(32);
const wellFormed = fc.string({ unit: 'grapheme', maxLength: 300 });

describe('seal and unseal', () => {
  it('give back any text', () => {
    fc.assert(
      fc.property(wellFormed, wellFormed, (text, context) => {
        expect(unseal(key, seal(key, text, context), context).reveal()).toBe(text);
      }),
    );
  });

  it('never seal twice to the same text', () => {
    const sealed = new Set(Array.from({ length: 100 }, () => seal(key, 'text', 'context')));
    expect(sealed.size).toBe(100);
  });

  it('have a versioned text form', () => {
    expect(seal(key, 'text', 'context')).toMatch(/^v1\.[A-Za-z0-9_-]{43}$/);
  });

  it.each([
    ['another key', (sealed: string) => unseal(randomBytes(32), sealed, 'certificate/a')],
    ['another context', (sealed: string) => unseal(key, sealed, 'certificate/b')],
    ['another version', (sealed: string) => unseal(key, sealed.replace('v1.', 'v2.'), 'certificate/a')],
    ['no version', (sealed: string) => unseal(key, sealed.slice(3), 'certificate/a')],
    ['a cut text', (sealed: string) => unseal(key, sealed.slice(0, -8), 'certificate/a')],
    ['almost nothing', () => unseal(key, 'v1.AAAA', 'certificate/a')],
    ['nothing', () => unseal(key, '', 'certificate/a')],
    ['stray characters', (sealed: string) => unseal(key, `${sealed}!`, 'certificate/a')],
    ['something behind it', (sealed: string) => unseal(key, `${sealed}.x`, 'certificate/a')],
  ])('refuse %s', (_name, open) => {
    expect(() => open(seal(key, 'private key', 'certificate/a'))).toThrow(SealBroken);
  });

  it('refuse every change of one bit', () => {
    const bytes = Buffer.from(seal(key, 'private key', 'c').slice(3), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => unseal(key, `v1.${changed.toString('base64url')}`, 'c')).toThrow(SealBroken);
    }
  });

  it('say which context failed and nothing of the text', () => {
    expect(() => unseal(key, `${seal(key, 'private key', 'a')}x`, 'certificate/a')).toThrow(/certificate\/a/);
  });
});
