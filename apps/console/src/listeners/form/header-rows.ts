/** One header that requests to backend servers can get. */
export interface HeaderRow {
  /** What it is called on the way, and the key of its text. */
  readonly name: HeaderName;
  /** Key of its switch in `insert_headers`. */
  readonly key: string;
  /** Key of the name to send it under instead; null: it has one name only. */
  readonly alias: string | null;
}

const plain = <const Name extends string>(name: Name) => ({ name, key: name, alias: null });
const named = <const Name extends string>(name: Name) => ({ name, key: name, alias: `${name}-alias` });
const switched = <const Name extends string>(name: Name) => ({
  name,
  key: `${name}-enable`,
  alias: `${name}-alias`,
});

export const modeKey = 'X-Forwarded-For-Processing-Mode';
export const headerModes = ['append', 'remove', 'preserve'] as const;
export type HeaderMode = (typeof headerModes)[number];

const groups = {
  headersClient: [plain('X-Forwarded-Host'), plain('X-Real-IP'), plain('X-Forwarded-For-Port')],
  headersBalancer: [
    plain('X-Forwarded-Proto'),
    plain('X-Forwarded-Port'),
    plain('X-Forwarded-ELB-IP'),
    plain('X-Forwarded-ELB-ID'),
  ],
  headersTls: [
    named('X-Forwarded-TLS-Protocol'),
    named('X-Forwarded-TLS-Cipher'),
    plain('X-Forwarded-TLS-Certificate-ID'),
    switched('X-Forwarded-Tls-Sni'),
    switched('X-Forwarded-Tls-Alpn-Protocol'),
    switched('X-Forwarded-Tls-Ja3'),
    switched('X-Forwarded-Tls-Ja4'),
  ],
  headersClientCertificate: [
    switched('X-Forwarded-Clientcert-subjectdn'),
    switched('X-Forwarded-Clientcert-issuerdn'),
    switched('X-Forwarded-Clientcert-fingerprint'),
    switched('X-Forwarded-Clientcert-clientverify'),
    switched('X-Forwarded-Clientcert-serialnumber'),
    switched('X-Forwarded-Clientcert'),
    switched('X-Forwarded-Clientcert-ciphers'),
    switched('X-Forwarded-Clientcert-end'),
  ],
} as const;

export type HeaderGroup = keyof typeof groups;
export type HeaderName = (typeof groups)[HeaderGroup][number]['name'];
export const headerGroups: Readonly<Record<HeaderGroup, readonly HeaderRow[]>> = groups;
export const headerRows: readonly HeaderRow[] = Object.values(groups).flat();

/** Switches and custom names under their keys of the API. */
export type HeaderValues = Readonly<Record<string, boolean | string | null | undefined>>;

export const defaultHeaders: HeaderValues = {
  ...Object.fromEntries(headerRows.map(({ key }) => [key, false])),
  'X-Forwarded-Host': true,
  [modeKey]: 'append',
};

/** What a listener says, with what it leaves out as it is then. */
export function headersOf(wire: object): HeaderValues {
  return { ...defaultHeaders, 'X-Forwarded-Host': false, ...wire };
}

/** Groups that make sense: facts about TLS are facts of HTTPS, those of a client certificate need one. */
export function groupsFor(protocol: string, authentication: string): readonly HeaderGroup[] {
  if (protocol !== 'HTTPS') return ['headersClient', 'headersBalancer'];
  const all = Object.keys(groups) as HeaderGroup[];
  return authentication === 'mutual' ? all : all.filter((group) => group !== 'headersClientCertificate');
}
