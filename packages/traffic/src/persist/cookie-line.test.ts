import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cookieValue, withoutCookie } from './cookie-line.ts';

const fields = 'Accept: */*\r\nCookie: a=1; LBSESSION-p=x=y ;b=2\r\ncookie: c="3"\r\nHost-Not: z\r\n';

describe('cookieValue', () => {
  it.each([
    ['a', '1'],
    ['LBSESSION-p', 'x=y'],
    ['b', '2'],
    ['c', '"3"'],
    ['A', null],
    ['LBSESSION', null],
  ])('of %s', (name, value) => {
    expect(cookieValue(fields, name)).toBe(value);
  });

  it('takes the first of several', () => {
    expect(cookieValue('Cookie: a=1; a=2\r\n', 'a')).toBe('1');
  });
});

describe('withoutCookie', () => {
  it('takes out one cookie and leaves all others', () => {
    expect(withoutCookie(fields, 'LBSESSION-p')).toBe(
      'Accept: */*\r\nHost-Not: z\r\nCookie: a=1; b=2; c="3"\r\n',
    );
  });

  it('leaves no empty line behind, and blocks without it as they are', () => {
    expect(withoutCookie('Cookie: x=1\r\nA: b\r\n', 'x')).toBe('A: b\r\n');
    expect(withoutCookie(fields, 'd')).toBe(fields);
  });

  it('takes out all of that name and nothing else, whatever the client sends', () => {
    const name = fc.constantFrom('x', 'y', 'X', 'xx', '');
    const pair = fc
      .tuple(name, fc.constantFrom('', '1', 'a=b', ' "q" '))
      .map(([key, value]) => `${key}=${value}`);
    fc.assert(
      fc.property(fc.array(fc.oneof(pair, fc.constantFrom('x', ' ', 'flag'))), (pairs) => {
        const block = `Cookie: ${pairs.join('; ')}\r\n`;
        const rest = withoutCookie(block, 'x');
        expect(cookieValue(rest, 'x')).toBeNull();
        for (const other of ['y', 'X', 'xx'])
          expect(cookieValue(rest, other)).toBe(cookieValue(block, other));
      }),
    );
  });
});
