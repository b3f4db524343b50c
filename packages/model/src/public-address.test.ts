import { expect, it } from 'vitest';
import { choosePublicAddress, describePublicAddresses } from './public-address.ts';

const pool = describePublicAddresses(
  ['192.0.2.8/30', '192.0.2.9/32', '2001:db8::1/128'],
  (name) => `id of ${name}`,
);

it('every address has an id of its own, once', () => {
  expect(pool).toEqual([
    { id: 'id of publicip:192.0.2.9', address: '192.0.2.9' },
    { id: 'id of publicip:192.0.2.10', address: '192.0.2.10' },
    { id: 'id of publicip:2001:db8::1', address: '2001:db8::1' },
  ]);
});

it('an address is given to one that asks for it, unknown and taken ones to nobody', () => {
  const [{ id, address }] = pool as [{ id: string; address: string }];
  expect(choosePublicAddress(id, pool, new Set())).toEqual({ ok: true, value: address });
  expect(choosePublicAddress('x', pool, new Set())).toMatchObject({ problem: { status: 404 } });
  expect(choosePublicAddress(id, pool, new Set([address]))).toMatchObject({ problem: { status: 409 } });
});
