import { readClientHello } from './client-hello.ts';
import type { ClientCertificateFacts, SecureFacts } from './client-socket.ts';
import { type HelloFacts, helloFacts } from './hello-facts.ts';
import type { NativeBinding, NativeRawFacts } from './native-binding.ts';

const earlyDataStates = ['none', 'refused', 'accepted'] as const;

/** What TLS agreed on with a client of the native engine. */
export interface NativeFacts extends SecureFacts {
  /** What became of early data: the client sent none, it was refused and has to be sent again, or it was taken. */
  readonly earlyData: (typeof earlyDataStates)[number];
}

/** Reads the facts of a connection; they are there once its hello was answered. Once only: the hello is given away. */
export function nativeFacts(binding: NativeBinding, connection: number): NativeFacts {
  const raw = binding.facts(connection);
  return {
    alpn: raw?.alpn === 'h2' || raw?.alpn === 'http/1.1' ? raw.alpn : null,
    version: raw?.version ?? '-',
    cipher: raw?.cipher ?? '-',
    serverName: raw?.serverName ?? null,
    isResumed: raw?.isResumed ?? false,
    earlyData: earlyDataStates[raw?.earlyData ?? 0] ?? 'none',
    client: raw?.verifyCode === undefined ? null : clientFacts(raw),
    hello: factsOfHello(raw?.hello ?? null),
    shownCertificateId: () => raw?.certificateId ?? null,
  };
}

function factsOfHello(bytes: Buffer | null): HelloFacts | null {
  const hello = bytes === null ? null : readClientHello(bytes);
  return hello === null ? null : helloFacts(hello);
}

/** Denies by default: good is only what OpenSSL verified without an error. */
function clientFacts(raw: NativeRawFacts): ClientCertificateFacts {
  const certificate = raw.leaf ?? null;
  if (certificate === null) return { verdict: 'none', reason: null, certificate };
  if (raw.verifyCode === 0) return { verdict: 'good', reason: null, certificate };
  return { verdict: 'bad', reason: raw.verifyReason ?? 'not verified', certificate };
}
