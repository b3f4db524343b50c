import { pemBlocks } from '@elbow/model';

/** `RSA 2048`, `EC P-256`, `Ed25519`: the public key of the first certificate of a PEM text; null when unreadable. */
export function keyTypeOf(pem: string): string | null {
  const [first] = pemBlocks(pem).filter(({ label }) => label === 'CERTIFICATE');
  if (first === undefined) return null;
  try {
    return describe(bytesOf(first.base64));
  } catch {
    return null;
  }
}

/** One element of DER (X.690 section 8.1): its tag and where its content is. */
interface Element {
  readonly tag: number;
  readonly from: number;
  readonly to: number;
}

const contextTag0 = 0xa0;
/** Serial number, signature, issuer, validity and subject stand before the key (RFC 5280 section 4.1). */
const fieldsBeforeKey = 5;

function describe(bytes: Uint8Array): string | null {
  const certificate = elementAt(bytes, 0);
  const fields = childrenOf(bytes, elementAt(bytes, certificate.from));
  const rest = fields[0]?.tag === contextTag0 ? fields.slice(1) : fields;
  const key = rest[fieldsBeforeKey];
  if (key === undefined) return null;
  const [algorithm, keyBits] = childrenOf(bytes, key);
  if (algorithm === undefined || keyBits === undefined) return null;
  const [name, parameter] = childrenOf(bytes, algorithm).map((element) => hexOf(bytes, element));
  switch (name) {
    case '2a864886f70d010101':
      return `RSA ${modulusBits(bytes, keyBits)}`;
    case '2a8648ce3d0201':
      return `EC ${curves[parameter ?? ''] ?? ''}`.trim();
    case '2b6570':
      return 'Ed25519';
    default:
      return null;
  }
}

const curves: Readonly<Record<string, string>> = {
  '2a8648ce3d030107': 'P-256',
  '2b81040022': 'P-384',
  '2b81040023': 'P-521',
};

/** The bit string holds a sequence of modulus and exponent (RFC 8017 section A.1.1), behind its count of unused bits. */
function modulusBits(bytes: Uint8Array, bitString: Element): number {
  const [modulus] = childrenOf(bytes, elementAt(bytes, bitString.from + 1));
  if (modulus === undefined) return 0;
  const hasSignByte = bytes[modulus.from] === 0;
  return (modulus.to - modulus.from - (hasSignByte ? 1 : 0)) * 8;
}

function childrenOf(bytes: Uint8Array, { from, to }: Element): readonly Element[] {
  const children: Element[] = [];
  for (let at = from; at < to; ) {
    const child = elementAt(bytes, at);
    children.push(child);
    at = child.to;
  }
  return children;
}

function elementAt(bytes: Uint8Array, at: number): Element {
  const first = byteAt(bytes, at + 1);
  if (first < 0x80) return { tag: byteAt(bytes, at), from: at + 2, to: at + 2 + first };
  const count = first & 0x7f;
  let length = 0;
  for (let index = 0; index < count; index += 1) length = length * 256 + byteAt(bytes, at + 2 + index);
  const from = at + 2 + count;
  return { tag: byteAt(bytes, at), from, to: from + length };
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new RangeError('the certificate ends too early');
  return byte;
}

function hexOf(bytes: Uint8Array, { from, to }: Element): string {
  return [...bytes.subarray(from, to)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
