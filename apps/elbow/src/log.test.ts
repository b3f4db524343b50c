import { describe, expect, it } from 'vitest';
import { logLine } from './log.ts';

const event = {
  at: new Date('2030-01-02T03:04:05.678Z'),
  level: 'info',
  role: 'node',
  message: 'worker died',
} as const;

describe('logLine', () => {
  it('writes time, level, role, message and facts', () => {
    const facts = { worker: 3, reason: 'out of memory', objects: ['pool p'], error: new Error('no "way"') };
    expect(logLine({ ...event, facts })).toBe(
      '2030-01-02T03:04:05.678Z info node worker died worker=3 reason="out of memory" objects="[\\"pool p\\"]" error="no \\"way\\""',
    );
  });

  it('stays one line whatever the values hold', () => {
    const line = logLine({
      ...event,
      message: 'a\nb',
      facts: { reason: 'x\ny\r\u0007z', none: undefined, empty: '' },
    });
    expect(line).not.toMatch(/\p{Cc}/u);
    expect(line).toContain('a b reason="x\\ny\\r\\u0007z" none=undefined empty=""');
  });
});
