import { describe, expect, it } from 'vitest';
import { cases } from './cases.ts';
import type { EngineName } from './engines/engine.ts';
import { summarise } from './measure.ts';
import type { Row, Sample } from './measure.ts';
import { caseTable, oursOver, resultsPage } from './report.ts';

const sample = (cpu: number, rest: Partial<Sample> = {}): Sample => ({
  cpuMicrosPerRequest: cpu,
  dataPlaneMicrosPerRequest: undefined,
  requestsPerSecond: 40_000,
  residentMib: 14,
  cipher: 'TLS_AES_128_GCM_SHA256',
  fault: undefined,
  window: { startMicros: 0, endMicros: 1 },
  requests: 1000,
  ...rest,
});

const row = (engine: EngineName, ...cpu: readonly number[]): Row =>
  summarise(
    engine,
    cpu.map((value) => sample(value)),
  );
const [keepAlive] = cases;
const table = (...rows: readonly Row[]) => caseTable({ benchCase: keepAlive!, requests: 1000, rows });

describe('summarise', () => {
  it('takes medians and the spread', () => {
    expect(row('nginx', 18, 17, 25)).toMatchObject({
      status: 'valid',
      cpuMicrosPerRequest: { median: 18, min: 17, max: 25 },
    });
  });

  it('makes the row invalid when one run of many failed', () => {
    const samples = [sample(18), sample(1, { fault: '3 of 1000 requests failed' }), sample(18)];
    expect(summarise('nginx', samples)).toMatchObject({
      status: 'invalid',
      reason: '3 of 1000 requests failed',
    });
  });
});

describe('oursOver', () => {
  it('divides our median by theirs', () => {
    expect(oursOver([row('elbow', 24, 30, 20), row('nginx', 16)], 'nginx')).toBe(1.5);
  });

  it('compares nothing with an invalid or missing row', () => {
    const invalid = summarise('nginx', [sample(16, { fault: 'broken' })]);
    expect(oursOver([row('elbow', 24), invalid], 'nginx')).toBeUndefined();
    expect(oursOver([row('elbow', 24)], 'nginx')).toBeUndefined();
  });
});

describe('caseTable', () => {
  it('says whether a target is met', () => {
    const text = table(row('elbow', 24), row('nginx', 20), row('caddy', 30));
    expect(text).toContain('target ≤ 1.6 × nginx: met (1.20)');
    expect(text).toContain('target ≤ 0.6 × caddy: MISSED (0.80)');
  });

  it('shows why a row is not there, and claims no target', () => {
    const text = table({ engine: 'elbow', status: 'skipped', reason: 'no http2 yet' }, row('nginx', 20));
    expect(text).toContain('elbow skipped: no http2 yet');
    expect(text).not.toContain('target');
  });

  it('tells our traffic process apart from the rest', () => {
    const ours = summarise('elbow', [sample(24, { dataPlaneMicrosPerRequest: 23.5 })]);
    expect(table(ours)).toContain('elbow: 23.5 µs of it in the process that carries the traffic');
  });

  it('has columns of one width', () => {
    const lines = table(row('elbow', 24.44), row('nginx', 1234))
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    expect(lines[2]).toContain('24.4');
    expect(lines[3]).toContain('1234');
  });
});

describe('resultsPage', () => {
  it('names machine, versions and every case', () => {
    const machine = {
      cpuModel: 'EPYC',
      cpuCount: 2,
      memoryGib: 8,
      kernel: 'Linux 6',
      distribution: 'Debian',
      node: '24.0.0',
      openssl: '3.5',
      h2load: 'h2load 1.52',
      commit: 'abc1234',
      loadBefore: 0.25,
    };
    const result = { benchCase: keepAlive!, requests: 1000, rows: [row('nginx', 18)] };
    const page = resultsPage({
      date: '2026-01-02',
      machine,
      engineVersions: { nginx: '1.22.1' },
      rounds: 5,
      cases: [result],
    });
    for (const text of [
      '2026-01-02',
      'abc1234',
      'EPYC',
      'nginx 1.22.1',
      '### h1-keepalive',
      'Medians of 5',
      'before the run 0.25',
    ]) {
      expect(page).toContain(text);
    }
  });
});
