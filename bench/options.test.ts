import { describe, expect, it } from 'vitest';
import { cases } from './cases.ts';
import { parseOptions, requestsOf } from './options.ts';

describe('parseOptions', () => {
  it('runs everything five times unless told otherwise', () => {
    expect(parseOptions([])).toMatchObject({
      cases,
      engines: ['elbow', 'nginx', 'haproxy', 'caddy'],
      rounds: 5,
      requests: undefined,
      isProfiled: false,
    });
  });

  it('takes lists of cases and engines', () => {
    const options = parseOptions([
      '--case',
      'h1-100k,h1-keepalive',
      '--engines',
      'nginx,elbow',
      '--rounds',
      '3',
    ]);
    expect(options?.cases.map(({ name }) => name)).toEqual(['h1-keepalive', 'h1-100k']);
    expect(options?.engines).toEqual(['nginx', 'elbow']);
    expect(options?.rounds).toBe(3);
  });

  it('profiles our engine alone, one case', () => {
    expect(parseOptions(['--cpu-prof'])).toMatchObject({ engines: ['elbow'], rounds: 5, isProfiled: true });
    expect(parseOptions(['--cpu-prof'])?.cases).toHaveLength(1);
  });

  it('labels shortened runs, so that their results never replace those of a full one', () => {
    expect(parseOptions([])?.label).toBe('');
    expect(parseOptions(['--quick'])?.label).toBe('-quick');
    expect(parseOptions(['--engines', 'nginx'])?.label).toBe('-partial');
    expect(parseOptions(['--rounds', '1'])?.label).toBe('-partial');
  });

  it('gives nothing when help is asked for', () => {
    expect(parseOptions(['--help'])).toBeUndefined();
  });

  it.each([
    [['--rounds', '0'], '--rounds takes a whole number'],
    [['--requests', '1e3'], '--requests takes a whole number'],
    [['--case', 'h3'], 'unknown case "h3"; known: h1-keepalive'],
    [['--engines', 'nginx,apache'], 'unknown engine "apache"; known: elbow'],
    [['--wrong'], '--wrong'],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });
});

describe('requestsOf', () => {
  const [keepAlive] = cases;
  const handshake = cases.find(({ name }) => name === 'handshake-p256')!;

  it('takes the number of the case, a fifth of it when quick, or the number given', () => {
    expect(requestsOf(keepAlive!, parseOptions([])!)).toBe(20_000);
    expect(requestsOf(keepAlive!, parseOptions(['--quick'])!)).toBe(4000);
    expect(requestsOf(keepAlive!, parseOptions(['--quick', '--requests', '77'])!)).toBe(77);
  });

  it('never sends fewer requests than connections, which h2load refuses', () => {
    expect(requestsOf(handshake, parseOptions(['--quick'])!)).toBe(500);
  });
});

describe('cases', () => {
  it('have names of their own', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });
});
