import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './child-processes.ts';

/** `mutual`: that of `ecdsa`, at a port that lets in who shows the same certificate. */
export type CertificateKind = 'ecdsa' | 'rsa' | 'mutual';

export const certificateKinds: readonly CertificateKind[] = ['ecdsa', 'rsa', 'mutual'];

export interface CertificateFiles {
  readonly certificatePath: string;
  readonly keyPath: string;
  /** Certificate and key in one file, as HAProxy wants it. */
  readonly bundlePath: string;
}

/** Makes a self-signed certificate for 127.0.0.1 with an ECDSA P-256 key and one with an RSA-2048 key. */
export async function makeCertificates(
  dir: string,
): Promise<Readonly<Record<CertificateKind, CertificateFiles>>> {
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const ecdsa = await makeCertificate(dir, 'ecdsa', ec);
  return {
    ecdsa,
    mutual: ecdsa,
    rsa: await makeCertificate(dir, 'rsa', ['-newkey', 'rsa:2048']),
  };
}

async function makeCertificate(
  dir: string,
  name: CertificateKind,
  keyArguments: readonly string[],
): Promise<CertificateFiles> {
  const files = {
    certificatePath: join(dir, `${name}.crt`),
    keyPath: join(dir, `${name}.key`),
    bundlePath: join(dir, `${name}.pem`),
  };
  await runCommand(
    'openssl',
    [
      ['req', '-x509', '-nodes', '-days', '2', ...keyArguments],
      ['-subj', '/CN=bench.elbow.test', '-addext', 'subjectAltName=DNS:bench.elbow.test,IP:127.0.0.1'],
      ['-keyout', files.keyPath, '-out', files.certificatePath],
    ].flat(),
  );
  const bundle = (await readFile(files.certificatePath, 'utf8')) + (await readFile(files.keyPath, 'utf8'));
  await writeFile(files.bundlePath, bundle, { mode: 0o600 });
  return files;
}
