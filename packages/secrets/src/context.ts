/** What the private key of a certificate is sealed for: sealed in the control process, opened by TLS engines. */
export function certificateKeyContext(certificateId: string): string {
  return `certificate/${certificateId}`;
}
