/** One value of DER (ITU-T X.690), as far as lists of revoked certificates need it read. */
export interface DerValue {
  readonly tag: number;
  readonly content: Buffer;
  /** Tag and length included. */
  readonly whole: Buffer;
}

export const DerTag = {
  integer: 0x02,
  bitString: 0x03,
  objectId: 0x06,
  sequence: 0x30,
  time: 0x17,
  longTime: 0x18,
} as const;

/** @throws RangeError when a length points behind the end */
export function readDer(bytes: Buffer, at = 0): DerValue {
  const tag = bytes.readUInt8(at);
  const first = bytes.readUInt8(at + 1);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (lengthBytes > 4 || first === 0x80) throw new RangeError('a length that DER does not have');
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes);
  const start = at + 2 + lengthBytes;
  if (start + length > bytes.length) throw new RangeError('a value that is cut');
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) };
}

/** The values that a sequence or set is made of, in order. @throws RangeError */
export function derItems(content: Buffer): readonly DerValue[] {
  const items: DerValue[] = [];
  for (let at = 0; at < content.length; ) {
    const item = readDer(content, at);
    items.push(item);
    at += item.whole.length;
  }
  return items;
}

/** `1.2.840.10045.4.3.2`; arcs up to 2^53. */
export function derObjectId({ content }: DerValue): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [first = 0, ...rest] = arcs;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...rest].join('.');
}

/** UTCTime or GeneralizedTime in the form that RFC 5280 §5.1.2.4 allows, as ms since 1970. @throws RangeError */
export function derTime({ tag, content }: DerValue): number {
  const text = content.toString('latin1');
  const digits = tag === DerTag.time ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text;
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(digits)?.slice(1).map(Number);
  if (parts === undefined) throw new RangeError('no time');
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
