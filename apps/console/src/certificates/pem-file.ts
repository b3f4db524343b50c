import { pemBlocks } from '@elbow/model';

/** Far above what the API takes. */
const mostBytes = 1_000_000;

export type PemFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tooLarge'; readonly name: string }
  /** Binary: the command makes PEM of it. */
  | { readonly kind: 'binary'; readonly name: string; readonly command: string };

export async function readPemFile(file: File): Promise<PemFile> {
  const { name } = file;
  if (file.size > mostBytes) return { kind: 'tooLarge', name };
  const text = await file.text();
  return text.includes('-----BEGIN ')
    ? { kind: 'text', text }
    : { kind: 'binary', name, command: commandFor(name) };
}

function commandFor(name: string): string {
  const quoted = `'${name.replaceAll("'", `'\\''`)}'`;
  return /\.(?:p12|pfx)$/i.test(name)
    ? `openssl pkcs12 -in ${quoted} -nodes -out certificate.pem`
    : `openssl x509 -inform der -in ${quoted} -out certificate.pem`;
}

export interface PemParts {
  readonly certificates: string;
  readonly keys: string;
}

/** Sorts a text into certificates and private keys, each block as it was written. */
export function splitPem(text: string): PemParts {
  const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g)];
  const of = (pattern: RegExp): string =>
    blocks
      .filter(([, label]) => pattern.test(label ?? ''))
      .map(([block]) => `${block}\n`)
      .join('');
  return { certificates: of(/CERTIFICATE$/), keys: of(/PRIVATE KEY$/) };
}

/** Whether a text holds both kinds, so that it belongs into two fields. */
export function isMixedPem(text: string): boolean {
  const labels = pemBlocks(text).map(({ label }) => label);
  return labels.some((label) => label.endsWith('PRIVATE KEY')) && labels.includes('CERTIFICATE');
}
