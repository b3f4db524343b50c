import { expect, it } from 'vitest';
import { decodeRow, encodeRow } from './row-codec.ts';
import { aPool } from './testing/rows.ts';
import { pools } from './tables/pools.ts';

const json = {
  encode: (value: unknown) => JSON.stringify(value),
  decode: (text: unknown) => JSON.parse(String(text)),
};

it('gives rows of before what they could not have', () => {
  const pool = aPool('pool', { isFailOpen: true, slowStart: { isEnabled: true, durationSeconds: 60 } });
  const record = { ...encodeRow(pools, pool, json), sequence: 1 };
  expect(decodeRow(pools, record, json)).toEqual(pool);
  const { sessionPersistence: _s, slowStart: _l, isFailOpen: _f, ...before } = json.decode(record.body);
  expect(decodeRow(pools, { ...record, body: json.encode(before) }, json)).toEqual(aPool('pool'));
});
