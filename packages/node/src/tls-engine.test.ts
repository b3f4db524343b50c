import { describe, expect, it } from 'vitest';
import { chooseTlsEngine, tlsBirth } from './tls-engine.ts';

const there = { available: true, reason: null };
const missing = { available: false, reason: 'no native TLS engine: it is not built' };

describe('chooseTlsEngine', () => {
  it('takes the native engine where it is there', () => {
    expect(chooseTlsEngine('auto', there)).toEqual({ engine: 'native', whyNoEarlyData: null });
    expect(chooseTlsEngine('native', there).engine).toBe('native');
    expect(chooseTlsEngine('auto', missing)).toEqual({ engine: 'node', whyNoEarlyData: missing.reason });
  });

  it('obeys the operator', () => {
    expect(chooseTlsEngine('node', there)).toMatchObject({ engine: 'node' });
    expect(chooseTlsEngine('node', there).whyNoEarlyData).toContain('tls_engine is set to node');
    expect(() => chooseTlsEngine('native', missing)).toThrow('tls_engine is native: no native TLS engine');
  });
});

describe('tlsBirth', () => {
  const startsAt = (filter: SharedArrayBuffer | null): bigint => new BigUint64Array(filter!, 0, 1)[0]!;
  const native = { engine: 'native', whyNoEarlyData: null } as const;

  it('has early data wait where tickets are older than the filter', () => {
    const now = process.hrtime.bigint() / 1_000_000_000n;
    expect(startsAt(tlsBirth(native, true).replayFilter)).toBeGreaterThan(now + 25n);
    expect(startsAt(tlsBirth(native, false).replayFilter)).toBeLessThanOrEqual(now + 1n);
  });

  it('has no filter for node:tls', () => {
    expect(tlsBirth({ engine: 'node', whyNoEarlyData: 'x' }, true).replayFilter).toBeNull();
  });
});
