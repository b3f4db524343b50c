import { readClientHello } from './client-hello.ts';
import type { ClientCertificateFacts, SecureFacts } from './client-socket.ts';
import { type HelloFacts, helloFacts } from './hello-facts.ts';
import type { NativeBinding } from './native-binding.ts';

/** Words of the array that the addon fills, mirrored in addon.cc. */
const word = {
  version: 0,
  cipher: 1,
  protocol: 2,
  isResumed: 3,
  earlyData: 4,
  asksForCertificate: 5,
  verdict: 6,
  keepsHello: 7,
} as const;
export const FACT_WORDS = 8;

const protocols = [null, 'http/1.1', 'h2'] as const;
const earlyDataStates = ['none', 'refused', 'accepted'] as const;
const versions: ReadonlyMap<number, string> = new Map([
  [0x0301, 'TLSv1'],
  [0x0302, 'TLSv1.1'],
  [0x0303, 'TLSv1.2'],
  [0x0304, 'TLSv1.3'],
]);

/** By their numbers in TLS: thousands of connections share one text. */
const cipherNames = new Map<number, string>();

export type EarlyDataState = (typeof earlyDataStates)[number];

/** What TLS agreed on with a client of the native engine; there once its hello was answered. */
export class NativeFacts implements SecureFacts {
  readonly alpn: SecureFacts['alpn'];
  readonly version: string;
  readonly cipher: string;
  readonly serverName: string | null;
  readonly isResumed: boolean;
  /** What became of early data: the client sent none, it was refused and has to be sent again, or it was taken. */
  readonly earlyData: EarlyDataState;
  readonly client: ClientCertificateFacts | null;
  readonly hello: HelloFacts | null;
  readonly #binding: NativeBinding;
  readonly #connection: number;
  #certificateId: string | null = null;

  /** @param words those that were given to the addon at its start. Once for each connection: the hello is given away */
  constructor(binding: NativeBinding, words: Uint32Array, connection: number) {
    this.#binding = binding;
    this.#connection = connection;
    this.serverName = binding.facts(connection);
    this.alpn = protocols[words[word.protocol]!] ?? null;
    this.version = versions.get(words[word.version]!) ?? '-';
    this.cipher = cipherName(binding, words[word.cipher]!, connection);
    this.isResumed = words[word.isResumed] === 1;
    this.earlyData = earlyDataStates[words[word.earlyData]!] ?? 'none';
    const asks = words[word.asksForCertificate] === 1;
    this.client = asks ? clientFacts(binding, connection, words[word.verdict]!) : null;
    this.hello = words[word.keepsHello] === 1 ? factsOfHello(binding.takeHello(connection)) : null;
  }

  /** Looked up when somebody asks; null when nobody did before the connection was closed. */
  shownCertificateId(): string | null {
    this.#certificateId ??= this.#binding.certificateId(this.#connection);
    return this.#certificateId;
  }
}

function cipherName(binding: NativeBinding, number: number, connection: number): string {
  const known = cipherNames.get(number);
  if (known !== undefined) return known;
  const name = binding.cipherName(connection) ?? '-';
  if (number !== 0) cipherNames.set(number, name);
  return name;
}

function factsOfHello(bytes: Buffer | null): HelloFacts | null {
  const hello = bytes === null ? null : readClientHello(bytes);
  return hello === null ? null : helloFacts(hello);
}

/** Denies by default: good is only what OpenSSL verified without an error. */
function clientFacts(binding: NativeBinding, connection: number, code: number): ClientCertificateFacts {
  const certificate = binding.peerCertificate(connection);
  if (certificate === null) return { verdict: 'none', reason: null, certificate };
  if (code === 0) return { verdict: 'good', reason: null, certificate };
  return { verdict: 'bad', reason: binding.verdictText(code), certificate };
}
