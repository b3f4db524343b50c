import { expect, it } from 'vitest';
import { exampleOf, leadsBack } from './location-example.ts';

const listener = { protocol: 'HTTP', protocol_port: 8080 };
const same = {
  protocol: '${protocol}',
  host: '${host}',
  port: '${port}',
  path: '${path}',
  query: '${query}',
} as const;

it('fills in what the request had, and leaves usual ports out', () => {
  expect(exampleOf({ ...same, protocol: 'HTTPS', port: '443' }, listener)).toEqual({
    from: 'http://www.example.com:8080/shop/cart?lang=en',
    to: 'https://www.example.com/shop/cart?lang=en',
  });
});

it('keeps the port of the listener where it is asked for, and groups as they are', () => {
  const url = { ...same, protocol: 'HTTPS', path: '/v/$1', query: '' } as const;
  expect(exampleOf(url, listener).to).toBe('https://www.example.com:8080/v/$1');
});

it('finds what leads in a circle', () => {
  expect(leadsBack(same, listener)).toBe(true);
  expect(leadsBack({ ...same, protocol: 'HTTP', port: '8080' }, listener)).toBe(true);
  expect(leadsBack({ ...same, path: '/other' }, listener)).toBe(false);
  expect(leadsBack({ ...same, protocol: 'HTTPS' }, listener)).toBe(false);
});
