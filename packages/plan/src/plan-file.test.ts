import { hash as digest } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { chunkHash } from './chunk-hash.ts';
import type { Chunk } from './chunk.ts';
import type { PolicyEntry } from './policy-chunk.ts';
import { emptyPlan, makePlan } from './plan.ts';
import { decodePlanFile, encodePlanFile } from './plan-file.ts';
import { sampleCertificate, sampleHealthCheck, sampleListener, samplePool } from './testing/sample-chunks.ts';

function samplePolicy(id: string): PolicyEntry {
  const action = { kind: 'fixed', status: 200, contentType: 'text/plain', body: id } as const;
  return { id, conditions: [], action, limit: null, removedFields: [], writtenFields: [] };
}

const noFlavor = {
  newConnectionsPerSecond: 0,
  concurrentConnections: 0,
  requestsPerSecond: 0,
  bitsPerSecond: 0,
};

const hash = (text: string) => digest('sha256', text, 'hex');
const chunks = [sampleListener(), samplePool(), sampleCertificate()];
const plan = makePlan(7, new Map(chunks.map((chunk) => [chunkHash(chunk, hash), chunk])));
const bytes = new Uint8Array(Buffer.concat(encodePlanFile(plan, hash)));

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
    expect(decodePlanFile(Buffer.concat(encodePlanFile(plan, hash)), hash)).toEqual({
      ok: true,
      value: plan,
    });
  });

  it('of version 1 is read in today’s form, and refused where it is not what it says', () => {
    const check = sampleHealthCheck();
    const policies = [samplePolicy('first'), samplePolicy('second')];
    const now: readonly Chunk[] = [
      sampleListener({
        limits: { ...sampleListener().limits, flavor: { ...noFlavor, requestsPerSecond: 9 } },
      }),
      sampleListener({ id: 'other', port: 444 }),
      samplePool({ healthCheck: check }),
      sampleCertificate(),
      { kind: 'policyTable', id: 'other', blockIds: ['first'] } as const,
      { kind: 'policyBlock', id: 'first', policies } as const,
    ];
    const expected = makePlan(7, new Map(now.map((chunk) => [chunkHash(chunk, hash), chunk])));
    const old = now.flatMap((chunk): readonly Readonly<Record<string, unknown>>[] => {
      if (chunk.kind === 'policyBlock') return [];
      // Tables held their policies themselves.
      if (chunk.kind === 'policyTable') return [{ kind: chunk.kind, id: chunk.id, policies }];
      if (chunk.kind === 'listener')
        return [
          {
            ...chunk,
            limits: {
              newConnectionsPerSecond: 0,
              concurrentConnections: 0,
              requestsPerSecond: chunk.limits.flavor?.requestsPerSecond ?? 0,
            },
          },
        ];
      const { virtualAddress: _none, ...oldCheck } = check;
      return [chunk.kind === 'pool' ? { ...chunk, healthCheck: oldCheck } : { ...chunk }];
    });
    const named = old.map((chunk) => [hash(canonicalJson(chunk)), chunk] as const);
    const entries = named.map(([name, { kind, id }]) => ({ kind, id, hash: name }));
    const manifest = { ...expected.manifest, entries };
    const version1 = {
      format: 'elbow-plan',
      version: 1,
      manifest,
      manifestHash: hash(canonicalJson(manifest)),
      chunks: Object.fromEntries(named),
    };
    const read = decodePlanFile(new TextEncoder().encode(JSON.stringify(version1)), hash);
    expect(read.ok && read.value.chunks).toEqual(expected.chunks);
    const port = JSON.stringify(version1).replace('"port":443', '"port":445');
    expect(problemsOf(new TextEncoder().encode(port))).not.toBe('no problem');
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
    expect(problemsOf(edited((text) => text.replace('"version":2', '"version":3')))).toContain(
      'file.version',
    );
  });
});
