import { expect, it } from 'vitest';
import { csvOf } from './csv.ts';

it('quotes what has to be, and lets nothing become a formula', () => {
  const text = csvOf(
    ['name', 'count'],
    [
      ['a,"b"\nc', 1],
      ['=1+1', -2],
      [null, true],
      ['负载', 0],
    ],
  );
  expect(text).toBe('\uFEFFname,count\r\n"a,""b""\nc",1\r\n\'=1+1,-2\r\n,true\r\n负载,0\r\n');
});
