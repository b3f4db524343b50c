import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeMessage, FramingError, MessageReader } from './message-framing.ts';

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

describe('message framing', () => {
  it('gives the same messages for any split of the bytes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { maxLength: 5 }),
        fc.array(fc.nat(9), { minLength: 1 }),
        (values, cuts) => {
          const bytes = joined(values.map((value) => encodeMessage(value)));
          const reader = new MessageReader();
          const messages: unknown[] = [];
          for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
            const end = at + 1 + cuts[turn % cuts.length]!;
            messages.push(...reader.push(bytes.subarray(at, end)));
            at = end;
          }
          expect(messages).toEqual(JSON.parse(JSON.stringify(values)));
        },
      ),
    );
  });

  it('does not depend on the bytes after they were pushed', () => {
    const bytes = encodeMessage('ab');
    const reader = new MessageReader();
    const head = bytes.slice(0, 6);
    reader.push(head);
    head.fill(0);
    expect(reader.push(bytes.subarray(6))).toEqual(['ab']);
  });

  it('refuses a message above the cap as soon as it is announced, and stays closed', () => {
    const reader = new MessageReader(10);
    expect(reader.push(encodeMessage('12345678'))).toEqual(['12345678']);
    expect(() => reader.push(new Uint8Array([0, 0, 0, 11]))).toThrow(FramingError);
    expect(() => reader.push(encodeMessage(1))).toThrow(FramingError);
    expect(() => encodeMessage('123456789', 10)).toThrow(FramingError);
  });

  it.each([
    ['not JSON', [0, 0, 0, 1, 0x7b]],
    ['empty', [0, 0, 0, 0]],
    ['not UTF-8', [0, 0, 0, 3, 0x22, 0xff, 0x22]],
  ])('refuses a body that is %s', (_, bytes) => {
    expect(() => new MessageReader().push(new Uint8Array(bytes))).toThrow('not JSON');
  });
});
