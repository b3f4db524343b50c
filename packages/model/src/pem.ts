/** One block of a PEM text (RFC 7468): its label and its base64 without white space. */
export interface PemBlock {
  readonly label: string;
  readonly base64: string;
}

const block = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/g;

/**
 * The blocks of a PEM text, in order. Tolerates CRLF, blank lines, any line width, missing line breaks, a missing
 * final newline and text between blocks, all of which people paste.
 */
export function pemBlocks(text: string): readonly PemBlock[] {
  return [...text.matchAll(block)].map(([, label, body]) => ({
    label: label ?? '',
    base64: (body ?? '').replace(/\s+/g, ''),
  }));
}

/** Writes blocks the way every TLS library reads them: 64 characters a line, LF, final newline. */
export function formatPem(blocks: readonly PemBlock[]): string {
  return blocks.map(formatBlock).join('');
}

function formatBlock({ label, base64 }: PemBlock): string {
  const lines = base64.match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** The certificates of a PEM text, leaf first as given, in canonical form: what a TLS engine is handed. */
export function canonicalChain(certificatePem: string): string {
  return formatPem(pemBlocks(certificatePem).filter(({ label }) => label === 'CERTIFICATE'));
}
