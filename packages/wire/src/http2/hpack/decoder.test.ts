import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HpackDecoder, type HpackOutcome } from './decoder.ts';

/** More in the long form of the test run. */
const runs = Math.min(Number(process.env['ELBOW_FUZZ_RUNS'] ?? 500), 20_000);

const roomy = { listBytes: 64 * 1024, fields: 1000 };

function decode(
  decoder: HpackDecoder,
  hex: string,
  limits = roomy,
): { outcome: HpackOutcome; lines: string[] } {
  const lines: string[] = [];
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  const sink = {
    onField: (e: { name: { text: string }; value: string }) => void lines.push(`${e.name.text}: ${e.value}`),
  };
  return { outcome: decoder.decode(bytes, 0, bytes.length, { sink, limits }), lines };
}

function expectBlocks(
  tableBytes: number,
  blocks: readonly (readonly [string, number, readonly string[]])[],
): void {
  const decoder = new HpackDecoder(tableBytes);
  for (const [hex, size, lines] of blocks) {
    expect(decode(decoder, hex)).toEqual({ outcome: 'ok', lines });
    expect(decoder.tableBytes).toBe(size);
  }
}

const firstRequests = [
  [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com'],
  [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com', 'cache-control: no-cache'],
  [
    ':method: GET',
    ':scheme: https',
    ':path: /index.html',
    ':authority: www.example.com',
    'custom-key: custom-value',
  ],
] as const;

const responses = [
  [
    ':status: 302',
    'cache-control: private',
    'date: Mon, 21 Oct 2013 20:13:21 GMT',
    'location: https://www.example.com',
  ],
  [
    ':status: 307',
    'cache-control: private',
    'date: Mon, 21 Oct 2013 20:13:21 GMT',
    'location: https://www.example.com',
  ],
  [
    ':status: 200',
    'cache-control: private',
    'date: Mon, 21 Oct 2013 20:13:22 GMT',
    'location: https://www.example.com',
    'content-encoding: gzip',
    'set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1',
  ],
] as const;

describe('HpackDecoder on the examples of RFC 7541 Appendix C', () => {
  it('C.2: the four representations', () => {
    expectBlocks(4096, [
      ['400a637573746f6d2d6b65790d637573746f6d2d686561646572', 55, ['custom-key: custom-header']],
    ]);
    expectBlocks(4096, [['040c2f73616d706c652f70617468', 0, [':path: /sample/path']]]);
    expectBlocks(4096, [['100870617373776f726406736563726574', 0, ['password: secret']]]);
    expectBlocks(4096, [['82', 0, [':method: GET']]]);
  });

  it('C.3: requests without Huffman coding', () => {
    expectBlocks(4096, [
      ['828684410f7777772e6578616d706c652e636f6d', 57, firstRequests[0]],
      ['828684be58086e6f2d6361636865', 110, firstRequests[1]],
      ['828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565', 164, firstRequests[2]],
    ]);
  });

  it('C.4: requests with Huffman coding', () => {
    expectBlocks(4096, [
      ['828684418cf1e3c2e5f23a6ba0ab90f4ff', 57, firstRequests[0]],
      ['828684be5886a8eb10649cbf', 110, firstRequests[1]],
      ['828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf', 164, firstRequests[2]],
    ]);
  });

  it('C.5: responses without Huffman coding, with eviction', () => {
    expectBlocks(256, [
      [
        '4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d54' +
          '6e1768747470733a2f2f7777772e6578616d706c652e636f6d',
        222,
        responses[0],
      ],
      ['4803333037c1c0bf', 222, responses[1]],
      [
        '88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738' +
          '666f6f3d4153444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d6167653d333630303b2076657273696f6e3d31',
        215,
        responses[2],
      ],
    ]);
  });

  it('C.6: responses with Huffman coding, with eviction', () => {
    expectBlocks(256, [
      [
        '488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3',
        222,
        responses[0],
      ],
      ['4883640effc1c0bf', 222, responses[1]],
      [
        '88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5af2708' +
          '7f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007',
        215,
        responses[2],
      ],
    ]);
  });
});

describe('HpackDecoder on hostile blocks', () => {
  it.each([
    ['index 0', '80'],
    ['an index beyond both tables', 'be'],
    ['a name index beyond both tables', '7e0161'],
    ['an integer that never ends', 'ffffffffffffffffffff01'],
    ['an integer that is cut off', 'ff'],
    ['a string longer than the block', '400a6162'],
    ['a literal without a value', '400161'],
    ['a literal without anything', '40'],
    ['bad Huffman padding', '4082ffff0161'],
    ['a table size beyond what was allowed', '3fe21f'],
    ['a table size behind a line', '8220'],
  ])('is corrupt: %s', (_, hex) => {
    expect(decode(new HpackDecoder(), hex).outcome).toBe('corrupt');
  });

  it('empties the table by a size of 0 and by an entry that is larger than it', () => {
    const decoder = new HpackDecoder(64);
    decode(decoder, '4001610162');
    expect(decoder.tableBytes).toBe(34);
    expect(decode(decoder, '203f2182').lines).toEqual([':method: GET']);
    expect(decoder.tableBytes).toBe(0);
    decode(decoder, '4001610162');
    decode(decoder, `400161${'28'}${'62'.repeat(40)}`);
    expect(decoder.tableBytes).toBe(0);
  });

  it('stops handing out lines at the limit of the list, however small the block, and stays in step', () => {
    const decoder = new HpackDecoder();
    // One line of 4,000 bytes, then one byte for each repetition: 16 MB out of 4 KB.
    const bomb = `400161${'7fa11e'}${'62'.repeat(4000)}${'be'.repeat(4000)}`;
    const { outcome, lines } = decode(decoder, bomb);
    expect(outcome).toBe('tooLarge');
    expect(lines.length).toBe(Math.floor((64 * 1024) / 4033));
    expect(decode(decoder, 'be')).toEqual({ outcome: 'ok', lines: [`a: ${'b'.repeat(4000)}`] });
  });

  it('bounds the number of lines', () => {
    expect(decode(new HpackDecoder(), '82'.repeat(1000)).outcome).toBe('ok');
    expect(decode(new HpackDecoder(), '82'.repeat(1001)).outcome).toBe('tooLarge');
  });

  it('never throws, and never keeps more than its table', { timeout: 10_000 + 5 * runs }, () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 6 }), (blocks) => {
        const decoder = new HpackDecoder(512);
        for (const block of blocks) {
          const outcome = decode(decoder, Buffer.from(block).toString('hex')).outcome;
          expect(decoder.tableBytes).toBeLessThanOrEqual(512);
          if (outcome === 'corrupt') return;
        }
      }),
      { numRuns: runs },
    );
  });
});
