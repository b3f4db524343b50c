import { createSocket, type Socket } from 'node:dgram';
import { freeAddress } from './addresses.ts';

/** What the server says about a name: addresses of either family, or a code of RFC 1035 §4.1.1. */
export type DnsAnswer =
  | { readonly addresses: readonly string[]; readonly ttlSeconds: number }
  | { readonly code: 'SERVFAIL' | 'NXDOMAIN' | 'REFUSED' };

const responseCodes = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;
const types: Readonly<Record<number, 4 | 6>> = { 1: 4, 28: 6 };

/** A DNS server on loopback over UDP that says what a test told it; unknown names are NXDOMAIN. */
export class DnsServer {
  readonly answers = new Map<string, DnsAnswer>();
  /** Questions so far, as `name family`. */
  readonly questions: string[] = [];
  /** Answers nothing, as a server that is down. */
  isSilent = false;
  private readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('message', (message, from) => {
      const reply = this.reply(message);
      if (reply !== null) socket.send(reply, from.port, from.address);
    });
  }

  static async start(): Promise<DnsServer> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, freeAddress(), resolve));
    return new DnsServer(socket);
  }

  /** As the setting for resolvers takes it. */
  get place(): string {
    const { address, port } = this.socket.address();
    return `${address}:${port}`;
  }

  stop(): void {
    this.socket.close();
  }

  private reply(question: Buffer): Buffer | null {
    const { name, end } = readName(question);
    const family = types[question.readUInt16BE(end)];
    const section = question.subarray(12, end + 4);
    this.questions.push(`${name} ${family ?? 0}`);
    if (this.isSilent) return null;
    const answer = this.answers.get(name) ?? { code: 'NXDOMAIN' };
    if ('code' in answer)
      return message(question, section, { code: responseCodes[answer.code], records: [] });
    const records = answer.addresses
      .filter((address) => (address.includes(':') ? 6 : 4) === family)
      .map((address) => record(address, answer.ttlSeconds));
    return message(question, section, { code: 0, records });
  }
}

function readName(question: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = question[at]!; length > 0; length = question[at]!) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

/** RFC 1035 §4.1: header and question as they came, with the bits of an answer. */
function message(
  question: Buffer,
  section: Buffer,
  { code, records }: { readonly code: number; readonly records: readonly Buffer[] },
): Buffer {
  const header = Buffer.alloc(12);
  question.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8580 | code, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, section, ...records]);
}

/** §4.1.3, with a pointer to the name of the question. */
function record(address: string, ttlSeconds: number): Buffer {
  const bytes = address.includes(':') ? ipv6Bytes(address) : Buffer.from(address.split('.').map(Number));
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(bytes.length === 4 ? 1 : 28, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(ttlSeconds, 6);
  head.writeUInt16BE(bytes.length, 10);
  return Buffer.concat([head, bytes]);
}

function ipv6Bytes(address: string): Buffer {
  const [head = '', tail] = address.split('::');
  const groups = (part: string | undefined) =>
    part ? part.split(':').map((text) => Number.parseInt(text, 16)) : [];
  const [before, after] = [groups(head), groups(tail)];
  const all = [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}
