import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from './secret.ts';

describe('Secret', () => {
  const secret = new Secret('hunter2');

  it('gives its text only when asked', () => {
    expect(secret.reveal()).toBe('hunter2');
  });

  it.each([
    ['string conversion', () => String(secret)],
    ['template', () => `${secret}`],
    ['concatenation', () => '' + secret],
    ['JSON', () => JSON.stringify({ secret })],
    ['inspect', () => inspect({ deep: { secret } }, { depth: 9, showHidden: true })],
    ['format', () => format('%s %o %j', secret, secret, secret)],
    ['own properties', () => JSON.stringify(Object.getOwnPropertyNames(secret))],
    ['spread', () => inspect({ ...secret })],
  ])('hides it from %s', (_name, print) => {
    expect(print()).not.toContain('hunter2');
  });

  it('prints a mask', () => {
    expect([String(secret), JSON.stringify(secret), inspect(secret)]).toEqual(['***', '"***"', '***']);
  });
});
