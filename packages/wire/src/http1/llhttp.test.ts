import { createServer, type IncomingMessage, METHODS } from 'node:http';
import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { mutate, seededRandom } from './testing/mutate.ts';
import { readRequests, type RecordedRequest, type RequestRecording } from './testing/recorder.ts';
import { acceptedRequests, refusedRequests } from './testdata/request-cases.ts';
import { smuggling } from './testdata/smuggling-cases.ts';

/**
 * Two readers that disagree about a request are what smuggling is made of. Node's own parser is the second opinion:
 * whatever we accept, it has to read as the same requests with the same bodies and the same rest.
 */
const runs = Number(process.env['ELBOW_FUZZ_RUNS'] ?? 3000) / 3;
const seed = Number(process.env['ELBOW_FUZZ_SEED'] ?? Date.now() % 1_000_000_007);

const corpus = [...smuggling, ...acceptedRequests, ...refusedRequests];

describe('what we accept, llhttp reads the same way', () => {
  it.each(corpus)('$name', async ({ bytes }) => {
    await compare(Buffer.from(bytes, 'latin1'));
  });

  it('mutated cases', { timeout: 20_000 + runs * 3 }, async () => {
    const texts = corpus.map(({ bytes }) => bytes).filter((bytes) => bytes.length < 2000);
    for (let run = 0; run < runs; run++) {
      const random = seededRandom(seed + run);
      const pick = () => texts[Math.floor(random() * texts.length)]!;
      const text = mutate(pick() + (random() < 0.3 ? pick() : ''), pick(), random);
      await compare(Buffer.from(text, 'latin1')).catch((error: unknown) => {
        throw new Error(`ELBOW_FUZZ_SEED=${seed + run}: ${JSON.stringify(text)}`, { cause: error });
      });
    }
  });
});

describe('the corpus is worth its name', () => {
  it('holds requests that are accepted and requests that are refused', () => {
    const problems = smuggling.map(({ bytes }) => readRequests([Buffer.from(bytes, 'latin1')]).problem);
    expect(problems.filter((problem) => problem === null).length).toBeGreaterThanOrEqual(5);
    expect(problems.filter((problem) => problem !== null).length).toBeGreaterThanOrEqual(30);
  });
});

async function compare(bytes: Buffer): Promise<void> {
  const ours = readRequests([bytes]);
  const theirs = await readByLlhttp(bytes);
  for (const [index, message] of ours.messages.entries()) {
    if (isKnownToBeStricter(message, theirs, index)) return;
    const other = theirs.messages[index];
    expect(other, `llhttp sees no request ${index}: ${theirs.error}`).toBeDefined();
    expect([other!.method, pathOf(other!.target, message.head.method), other!.version]).toEqual([
      message.head.method,
      message.head.target,
      message.head.version,
    ]);
    if (message.complete) expect(other).toMatchObject({ body: message.body, complete: true });
    if (!message.head.keepAlive || other!.isUpgrade) return;
  }
  if (ours.problem === null) compareRest(ours, theirs);
}

/** Where we read to the end without a complaint, nothing may be left over on one side only. */
function compareRest(ours: RequestRecording, theirs: LlhttpRecording): void {
  expect(theirs.messages.length).toBe(ours.messages.length);
  const last = ours.messages.at(-1);
  expect(theirs.messages.at(-1)?.complete).toBe(last?.complete);
  // An unfinished head or trailer section may hold what llhttp refuses early, and we when it is complete.
  const isInHead = ours.unfinished && last?.complete !== false;
  const isInTrailers = last?.complete === false && earlyInTrailers.has(theirs.error ?? '');
  if (!isInHead && !isInTrailers) expect(theirs.error).toBeNull();
}

const earlyInTrailers: ReadonlySet<string> = new Set([
  'HPE_INVALID_CONTENT_LENGTH',
  'HPE_UNEXPECTED_CONTENT_LENGTH',
  'HPE_INVALID_TRANSFER_ENCODING',
]);

/** llhttp knows a list of methods, no identity coding, and does not take a tab for white space behind a coding. */
function isKnownToBeStricter(message: RecordedRequest, theirs: LlhttpRecording, index: number): boolean {
  if (theirs.error === 'HPE_INVALID_METHOD' && theirs.messages.length === index) {
    return !METHODS.includes(message.head.method);
  }
  const isLast = theirs.messages.length <= index + 1 && theirs.messages[index]?.complete !== true;
  return theirs.error === 'HPE_INVALID_TRANSFER_ENCODING' && isLast;
}

/** What becomes of an absolute-form target (RFC 9112 §3.2.2). */
function pathOf(target: string, method: string): string {
  const match = /^https?:\/\/[^/?]*(.*)$/i.exec(target);
  if (match === null) return target;
  const rest = match[1]!;
  if (rest === '') return method === 'OPTIONS' ? '*' : '/';
  return rest.startsWith('/') ? rest : `/${rest}`;
}

interface LlhttpMessage {
  readonly method: string;
  readonly target: string;
  readonly version: string;
  /** It asks for another protocol: llhttp reads nothing behind it. */
  readonly isUpgrade: boolean;
  body: string;
  complete: boolean;
}

interface LlhttpRecording {
  readonly messages: LlhttpMessage[];
  /** Code of the error that ended the reading, or null. */
  error: string | null;
}

/** How Node's own parser (llhttp, strict) reads a connection that carries exactly `bytes`. */
async function readByLlhttp(bytes: Buffer): Promise<LlhttpRecording> {
  const seen: LlhttpRecording = { messages: [], error: null };
  const record = (request: IncomingMessage) => {
    const { method = '', url = '', httpVersion } = request;
    const { upgrade, connection = '' } = request.headers;
    const isUpgrade = upgrade !== undefined && /\bupgrade\b/i.test(connection);
    const message: LlhttpMessage = {
      method,
      target: url,
      version: httpVersion,
      isUpgrade,
      body: '',
      complete: false,
    };
    seen.messages.push(message);
    request.on('data', (data: Buffer) => (message.body += data.toString('latin1')));
    request.on('end', () => (message.complete = true));
    request.on('error', () => {});
  };
  const server = createServer({ maxHeaderSize: 128 * 1024, requireHostHeader: false }, record);
  server.on('checkContinue', record);
  server.on('checkExpectation', record);
  server.on('clientError', (error: NodeJS.ErrnoException) => (seen.error ??= error.code ?? error.message));
  const connection = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  connection.on('error', () => {});
  server.emit('connection', connection);
  connection.push(bytes);
  // No input or output is involved: everything that follows from the bytes has happened after two turns.
  await turn();
  await turn();
  connection.destroy();
  server.close();
  return seen;
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
