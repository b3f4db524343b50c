import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkChunk } from './check-chunk.ts';
import { sampleCertificate, sampleHealthCheck, sampleListener, samplePool } from './testing/sample-chunks.ts';

const tls = sampleListener().tls!;
const member = samplePool().members[0]!;
const healthCheck = sampleHealthCheck();
const fullPool = samplePool({
  stickiness: { kind: 'cookie', lifetimeMs: 60_000 },
  slowStart: { durationMs: 30_000 },
  healthCheck,
  isFailOpen: true,
  passiveEjection: { failures: 5, durationMs: 10_000 },
  members: [{ ...member, slowStartAtMs: 1_700_000_000_000 }],
});

describe('checkChunk', () => {
  it.each([sampleListener(), samplePool(), sampleCertificate(), samplePool({ members: [] }), fullPool])(
    'takes a valid $kind',
    (chunk) => {
      expect(checkChunk(chunk)).toEqual([]);
      expect(checkChunk(JSON.parse(JSON.stringify(chunk)))).toEqual([]);
    },
  );

  it.each<[string, unknown]>([
    ['listener.port must be', sampleListener({ port: 0 })],
    ['listener.port must be', sampleListener({ port: 1.5 })],
    ['listener.address must be', sampleListener({ address: 'example.test' })],
    ['listener.id must be', sampleListener({ id: 'a\r\nb' })],
    ['listener.tls must be present', sampleListener({ tls: null })],
    ['listener.tls must be present', sampleListener({ protocol: 'HTTP' })],
    ['listener.isHttp2Enabled needs', sampleListener({ protocol: 'HTTP', tls: null, isHttp2Enabled: true })],
    ['minVersion must not be above', sampleListener({ tls: { ...tls, minVersion: 'TLSv1.3' } })],
    ['listener.tls.ciphers must be', sampleListener({ tls: { ...tls, ciphers: '' } })],
    [
      'listener.timers.requestMs must be',
      sampleListener({ timers: { ...sampleListener().timers, requestMs: 0 } }),
    ],
    ['listener.limits must be an object', { ...sampleListener(), limits: [] }],
    ['listener.surprise is not a known field', { ...sampleListener(), surprise: 1 }],
    ['pool.members must be a list', { ...samplePool(), members: {} }],
    ['pool.members[0].weight must be', samplePool({ members: [{ ...member, weight: 101 }] })],
    ['pool.members must have different ids', samplePool({ members: [member, member] })],
    ['pool.stickiness.lifetimeMs must be', samplePool({ stickiness: { kind: 'cookie', lifetimeMs: 0 } })],
    [
      'pool.stickiness.name must be',
      samplePool({ stickiness: { kind: 'application-cookie', name: 'a; b' } }),
    ],
    ['pool.stickiness.kind must be', { ...samplePool(), stickiness: { kind: 'source', lifetimeMs: 1000 } }],
    ['pool.stickiness must be null', { ...fullPool, algorithm: 'SOURCE_IP', slowStart: null }],
    ['pool.slowStart needs', { ...fullPool, algorithm: 'LEAST_CONNECTIONS' }],
    ['pool.healthCheck.path must be', samplePool({ healthCheck: { ...healthCheck, path: '/a b\r\n' } })],
    [
      'expectedCodes must begin',
      samplePool({ healthCheck: { ...healthCheck, expectedCodes: [{ from: 300, to: 200 }] } }),
    ],
    ['certificate.chainPem must be', sampleCertificate({ chainPem: 'nothing' })],
    ['certificate.sealedKey must be', { ...sampleCertificate(), sealedKey: undefined }],
    ['kind must be one of', { ...samplePool(), kind: 'toString' }],
    ['kind must be one of', null],
  ])('says "%s …"', (problem, chunk) => {
    expect(checkChunk(chunk).join('\n')).toContain(problem);
  });

  it('answers any value with a short list, never with an exception', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(checkChunk(value).length).toBeGreaterThan(0);
      }),
    );
  });

  it('stops at the first bad member of a long list', () => {
    const members = Array.from({ length: 10_000 }, () => ({ rubbish: true }));
    expect(checkChunk({ ...samplePool(), members }).length).toBeLessThan(10);
  });
});
