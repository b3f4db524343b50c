import { hash as digest } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkHash } from './chunk-hash.ts';
import { emptyPlan, makePlan } from './plan.ts';
import { decodePlanFile, encodePlanFile } from './plan-file.ts';
import { sampleCertificate, sampleListener, samplePool } from './testing/sample-chunks.ts';

const hash = (text: string) => digest('sha256', text, 'hex');
const chunks = [sampleListener(), samplePool(), sampleCertificate()];
const plan = makePlan(7, new Map(chunks.map((chunk) => [chunkHash(chunk, hash), chunk])));
const bytes = encodePlanFile(plan, hash);

function problemsOf(file: Uint8Array): string {
  const result = decodePlanFile(file, hash);
  return result.ok ? 'no problem' : result.problems.join('\n');
}

function edited(edit: (text: string) => string): Uint8Array {
  return new TextEncoder().encode(edit(new TextDecoder().decode(bytes)));
}

describe('plan file', () => {
  it.each([
    ['a full', plan],
    ['an empty', emptyPlan],
  ])('gives %s plan back', (_, plan) => {
    expect(decodePlanFile(encodePlanFile(plan, hash), hash)).toEqual({ ok: true, value: plan });
  });

  it('is refused when a byte of it was changed', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const broken = bytes.slice();
        broken[at] = broken[at]! ^ flip;
        expect(problemsOf(broken)).not.toBe('no problem');
      }),
      { numRuns: 300 },
    );
  });

  it('is refused when it was cut', () => {
    expect(problemsOf(bytes.subarray(0, bytes.length - 1))).toContain('not JSON');
    expect(problemsOf(new Uint8Array())).toContain('not JSON');
  });

  it('says which rule was broken', () => {
    expect(problemsOf(edited((text) => text.replace('"revision":7', '"revision":8')))).toContain(
      'not what its hash says',
    );
    expect(problemsOf(edited((text) => text.replace('"port":443', '"port":444')))).toContain(
      'not what its name says',
    );
    expect(problemsOf(edited((text) => text.replace('"version":1', '"version":2')))).toContain(
      'file.version',
    );
  });
});
