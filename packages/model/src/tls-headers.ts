/** What members can be told of a client's TLS connection, each by a switch of its own. */
export const tlsHeaderFacts = [
  'certificateId',
  'version',
  'cipher',
  'alpn',
  'serverName',
  'ja3',
  'ja4',
  'clientSubject',
  'clientIssuer',
  'clientFingerprint',
  'clientVerdict',
  'clientSerial',
  'clientCertificate',
  'clientCiphers',
  'clientEnd',
] as const;

export type TlsHeaderFact = (typeof tlsHeaderFacts)[number];

/** Facts without an entry are off and have their own names. */
export type TlsHeaders = Readonly<Partial<Record<TlsHeaderFact, TlsHeader>>>;

export interface TlsHeader {
  readonly isOn: boolean;
  /** The name to send it under instead; null: its own. */
  readonly alias: string | null;
}

/** Changes key by key: what is not named stays as it was. */
export function mergeTlsHeaders(
  before: TlsHeaders,
  changes: Readonly<Partial<Record<TlsHeaderFact, Partial<TlsHeader>>>>,
): TlsHeaders {
  const merged: Partial<Record<TlsHeaderFact, TlsHeader>> = { ...before };
  for (const fact of tlsHeaderFacts) {
    if (changes[fact] === undefined) continue;
    merged[fact] = { isOn: false, alias: null, ...before[fact], ...changes[fact] };
  }
  return merged;
}
