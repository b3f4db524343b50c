/** A small generator with a seed, so that a failing run can be repeated (mulberry32). Gives numbers in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What HTTP/1.1 readers have disagreed about. */
// biome-ignore format: one kind per line
const spices = [
  '\r\n', '\n', '\r', '\r\n\r\n', ' ', '\t', ':', ',', ';', '\0', '\x0b', '\xa0', '\x7f', '\xff', '"', '#', '%', '@',
  'Content-Length: 1\r\n', 'Content-Length: 10\r\n', 'Transfer-Encoding: chunked\r\n', 'Transfer-Encoding: x\r\n',
  'Host: b\r\n', 'Connection: close\r\n', 'Connection: x\r\n', 'Expect: 100-continue\r\n', 'Upgrade: h2c\r\n',
  '0\r\n\r\n', '1\r\na\r\n', '00', '-', '+', '0x', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', 'HTTP/1.1 204\r\n\r\n',
];

/** One to four random edits of `text`, sometimes with material of `other`. */
export function mutate(text: string, other: string, random: () => number): string {
  let mutated = text;
  for (let edits = 1 + Math.floor(random() * 4); edits > 0; edits--) mutated = edit(mutated, other, random);
  return mutated;
}

/** Cuts `bytes` at random places into pieces, empty ones among them. */
export function cut(bytes: Buffer, random: () => number): Buffer[] {
  const cuts = Array.from({ length: 1 + Math.floor(random() * 6) }, () =>
    Math.floor(random() * (bytes.length + 1)),
  ).sort((a, b) => a - b);
  return [0, ...cuts].map((from, index) => bytes.subarray(from, cuts[index] ?? bytes.length));
}

function edit(text: string, other: string, random: () => number): string {
  const below = (limit: number) => Math.floor(random() * limit);
  const at = below(text.length + 1);
  const length = below(12);
  switch (below(7)) {
    case 0:
      return text.slice(0, at) + String.fromCharCode(below(256)) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + text.slice(at + length);
    case 2:
      return text.slice(0, at) + text.slice(at - length, at) + text.slice(at);
    case 3:
      return text.slice(0, at) + other.slice(below(other.length + 1));
    case 4:
      return (
        text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << below(8))) + text.slice(at + 1)
      );
    default:
      return text.slice(0, at) + spices[below(spices.length)]! + text.slice(at);
  }
}
