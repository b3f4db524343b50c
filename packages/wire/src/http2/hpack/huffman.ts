/**
 * The Huffman code of RFC 7541 Appendix B. The code is canonical: codes of one length are consecutive in the order of
 * their symbols, so the lengths alone define it and both directions are computed from them.
 */

/** Bits of the code of each byte; the last one, symbol 256, is EOS. */
// prettier-ignore
const codeLengths: readonly number[] = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7,
  8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19,
  13, 14, 6, 15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13,
  28, 20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21,
  22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23,
  22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
  19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25,
  25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, 30,
];
const EOS = 256;

/** In a transition: bits 0–7 the symbol, bit 8 whether there is one, bits 16 up the next state. */
const HAS_SYMBOL = 0x100;

const codes = canonicalCodes();
const { transitions, mayEndIn } = decodingMachine();

/** Bytes that the Huffman form of latin1 `text` takes, padding included. */
export function huffmanLength(text: string): number {
  let bits = 0;
  for (let i = 0; i < text.length; i++) bits += codeLengths[text.charCodeAt(i) & 0xff]!;
  return (bits + 7) >>> 3;
}

/** Writes the Huffman form of latin1 `text` at `at` and returns the offset behind it. The caller has made room. */
export function writeHuffman(target: Uint8Array, at: number, text: string): number {
  let offset = at;
  let pending = 0;
  let pendingBits = 0;
  for (let i = 0; i < text.length; i++) {
    const symbol = text.charCodeAt(i) & 0xff;
    let left = codeLengths[symbol]!;
    const code = codes[symbol]!;
    while (left > 0) {
      const take = Math.min(left, 8 - pendingBits);
      pending = (pending << take) | ((code >>> (left - take)) & ((1 << take) - 1));
      pendingBits += take;
      left -= take;
      if (pendingBits === 8) {
        target[offset++] = pending;
        pending = 0;
        pendingBits = 0;
      }
    }
  }
  // Padding is the beginning of EOS: ones (§5.2).
  if (pendingBits > 0) target[offset++] = (pending << (8 - pendingBits)) | (0xff >>> pendingBits);
  return offset;
}

/** Decoded text is collected here: a block is bounded, a string of it expands by 8/5 at most. */
let scratch = Buffer.allocUnsafeSlow(4096);

/**
 * The text of `bytes[start, end)`, or null when it is no Huffman string: EOS inside, padding longer than 7 bits or
 * not of ones (RFC 7541 §5.2).
 */
export function readHuffman(bytes: Uint8Array, start: number, end: number): string | null {
  const longest = Math.ceil(((end - start) * 8) / 5);
  if (longest > scratch.length) scratch = Buffer.allocUnsafeSlow(longest * 2);
  const text = scratch;
  let length = 0;
  let state = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    const high = transitions[(state << 4) | (byte >>> 4)]!;
    if ((high & HAS_SYMBOL) !== 0) text[length++] = high & 0xff;
    const low = transitions[((high >>> 16) << 4) | (byte & 15)]!;
    if ((low & HAS_SYMBOL) !== 0) text[length++] = low & 0xff;
    state = low >>> 16;
  }
  return mayEndIn[state] === 1 ? text.toString('latin1', 0, length) : null;
}

function canonicalCodes(): Uint32Array {
  const result = new Uint32Array(257);
  const order = [...codeLengths.keys()].sort((a, b) => codeLengths[a]! - codeLengths[b]! || a - b);
  let code = 0;
  let length = codeLengths[order[0]!]!;
  for (const symbol of order) {
    code <<= codeLengths[symbol]! - length;
    length = codeLengths[symbol]!;
    result[symbol] = code++;
  }
  return result;
}

/**
 * The code tree as a machine that eats four bits at a time: states are the inner nodes, and one more in which a
 * string that holds EOS is caught for good. Four bits end at most one code, as the shortest has five.
 */
function decodingMachine(): { readonly transitions: Uint32Array; readonly mayEndIn: Uint8Array } {
  const nodes = codeTree();
  const dead = nodes.length;
  const transitions = new Uint32Array((dead + 1) * 16);
  for (let state = 0; state < dead; state++) {
    for (let nibble = 0; nibble < 16; nibble++) {
      transitions[state * 16 + nibble] = follow(nodes, state, nibble, dead);
    }
  }
  transitions.fill(dead << 16, dead * 16);
  return { transitions, mayEndIn: statesOfPadding(nodes, dead) };
}

/** An inner node: what 0 and 1 lead to, another node (its number) or a symbol (`-1 - symbol`). */
type TreeNode = [number, number];

function codeTree(): TreeNode[] {
  const nodes: TreeNode[] = [[0, 0]];
  for (let symbol = 0; symbol <= EOS; symbol++) {
    let node = nodes[0]!;
    for (let bit = codeLengths[symbol]! - 1; bit > 0; bit--) {
      const branch = ((codes[symbol]! >>> bit) & 1) as 0 | 1;
      if (node[branch] === 0) node[branch] = nodes.push([0, 0]) - 1;
      node = nodes[node[branch]]!;
    }
    node[(codes[symbol]! & 1) as 0 | 1] = -1 - symbol;
  }
  return nodes;
}

function follow(nodes: readonly TreeNode[], from: number, nibble: number, dead: number): number {
  let state = from;
  let symbol = 0;
  for (let bit = 3; bit >= 0; bit--) {
    const next = nodes[state]![((nibble >>> bit) & 1) as 0 | 1];
    if (next === -1 - EOS) return dead << 16;
    if (next < 0) symbol = HAS_SYMBOL | (-1 - next);
    state = Math.max(next, 0);
  }
  return (state << 16) | symbol;
}

/** The root, and the nodes that up to seven ones lead to from it. */
function statesOfPadding(nodes: readonly TreeNode[], dead: number): Uint8Array {
  const result = new Uint8Array(dead + 1);
  let state = 0;
  for (let ones = 0; ones < 8; ones++) {
    result[state] = 1;
    state = nodes[state]![1];
  }
  return result;
}
