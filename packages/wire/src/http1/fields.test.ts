import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldValue, forEachField, removeFields } from './fields.ts';

const block = 'Host: a\r\nX-A:1\r\nx-a: \t2 \t\r\nX-AB: c:d\r\nEmpty:\r\nN: \xa0v\xa0\r\n';

const name = fc.stringMatching(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,6}$/);
const value = fc.stringMatching(/^[\x21-\x7e\x80-\xff]{0,5}$/);
const lines = fc.array(fc.tuple(name, value), { maxLength: 8 });
const written = (fields: readonly (readonly [string, string])[]) =>
  fields.map(([n, v]) => `${n}: ${v}\r\n`).join('');

describe('forEachField', () => {
  it('gives names as written and values without blanks', () => {
    const seen: [string, string][] = [];
    forEachField(block, (n, v) => seen.push([n, v]));
    expect(seen).toEqual([
      ['Host', 'a'],
      ['X-A', '1'],
      ['x-a', '2'],
      ['X-AB', 'c:d'],
      ['Empty', ''],
      ['N', '\xa0v\xa0'],
    ]);
  });

  it('reads back what was written', () => {
    fc.assert(
      fc.property(lines, (fields) => {
        const seen: [string, string][] = [];
        forEachField(written(fields), (n, v) => seen.push([n, v]));
        expect(seen).toEqual(fields);
      }),
    );
  });
});

describe('fieldValue', () => {
  it.each([
    ['x-a', '1, 2'],
    ['X-A', '1, 2'],
    ['x-ab', 'c:d'],
    ['empty', ''],
    ['n', '\xa0v\xa0'],
    ['x', null],
    ['c', null],
    ['', null],
  ])('%s is %s', (wanted, expected) => {
    expect(fieldValue(block, wanted)).toBe(expected);
  });

  it('tells tokens apart that differ by bit 5 only', () => {
    expect(fieldValue('a^: 1\r\n', 'a~')).toBeNull();
    expect(fieldValue('a_b: 1\r\n', 'A_B')).toBe('1');
  });
});

describe('what is no block', () => {
  it.each(['x', 'x: 1', 'x: 1\n', 'y: 1\r\nx', 'y: 1\r\nx\r\n', '\r\n', ':', ': ', '\r\n:'])(
    '%j is read to an end',
    (text) => {
      let lines = 0;
      forEachField(text, () => lines++);
      expect(lines).toBeLessThanOrEqual(1);
      expect(fieldValue(text, 'x')).toBeNull();
      expect(removeFields(text, new Set(['z']))).toBe(text);
    },
  );
});

describe('removeFields', () => {
  it('is the same string when nothing is removed', () => {
    expect(removeFields(block, new Set(['x', 'hosts']))).toBe(block);
    expect(removeFields('', new Set(['x']))).toBe('');
  });

  it('removes every line of a name, whatever its case and place', () => {
    expect(removeFields(block, new Set(['x-a']))).toBe(block.replace('X-A:1\r\nx-a: \t2 \t\r\n', ''));
    expect(removeFields(block, new Set(['host', 'n']))).toBe(block.slice(9, -8));
    expect(removeFields(block, new Set(['host', 'x-a', 'x-ab', 'empty', 'n']))).toBe('');
  });

  it('removes exactly what is named', () => {
    fc.assert(
      fc.property(lines, fc.array(name, { maxLength: 3 }), (fields, other) => {
        const names = new Set([...fields.slice(0, 2).map(([n]) => n), ...other].map((n) => n.toLowerCase()));
        const expected = fields.filter(([n]) => !names.has(n.toLowerCase()));
        expect(removeFields(written(fields), names)).toBe(written(expected));
      }),
    );
  });
});
