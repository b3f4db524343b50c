import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { huffmanLength, readHuffman, writeHuffman } from './huffman.ts';

/** More in the long form of the test run. */
const runs = Math.min(Number(process.env['ELBOW_FUZZ_RUNS'] ?? 300), 20_000);

function pack(text: string): Buffer {
  const target = Buffer.alloc(huffmanLength(text) + 1);
  const end = writeHuffman(target, 0, text);
  expect(end).toBe(huffmanLength(text));
  return target.subarray(0, end);
}

function unpack(hex: string): string | null {
  const bytes = Buffer.from(hex, 'hex');
  return readHuffman(bytes, 0, bytes.length);
}

describe('Huffman code of HPACK', () => {
  it.each([
    ['www.example.com', 'f1e3c2e5f23a6ba0ab90f4ff'],
    ['no-cache', 'a8eb10649cbf'],
    ['custom-key', '25a849e95ba97d7f'],
    ['custom-value', '25a849e95bb8e8b4bf'],
    ['302', '6402'],
    ['private', 'aec3771a4b'],
    ['Mon, 21 Oct 2013 20:13:21 GMT', 'd07abe941054d444a8200595040b8166e082a62d1bff'],
    ['', ''],
  ])('packs %j as RFC 7541 C.4 and C.6 do', (text, hex) => {
    expect(pack(text).toString('hex')).toBe(hex);
    expect(unpack(hex)).toBe(text);
  });

  it('is the identity there and back for every latin1 text', { timeout: 10_000 + 5 * runs }, () => {
    const latin1 = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((c) => String.fromCharCode(c)) });
    fc.assert(
      fc.property(latin1, (text) => {
        const packed = pack(text);
        expect(readHuffman(packed, 0, packed.length)).toBe(text);
      }),
      { numRuns: runs },
    );
  });

  it('refuses EOS, padding of a whole byte, and padding that is not of ones', () => {
    expect(unpack('ffffffff')).toBeNull();
    expect(unpack('fffffffc1f')).toBeNull();
    expect(unpack('1fff')).toBeNull();
    expect(unpack('18')).toBeNull();
    expect(unpack('1f')).toBe('a');
  });
});
