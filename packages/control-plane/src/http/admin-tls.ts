import { createPrivateKey, X509Certificate } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { addressRange, canonicalAddress } from '@elbow/model';
import { selfSignedCertificate } from '../certificates/self-signed-certificate.ts';

export interface TlsPair {
  readonly cert: string;
  readonly key: string;
}

/** Tokens and passwords do not leave the machine in the clear: only a loopback address speaks plain HTTP. */
export function needsTls(host: string): boolean {
  const address = canonicalAddress(host);
  return address === null ? host !== 'localhost' : addressRange(address) !== 'loopback';
}

export function adminEndpoint({ host, port }: { readonly host: string; readonly port: number }): string {
  return `${needsTls(host) ? 'https' : 'http'}://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/**
 * The pair that the admin port shows, or null where it speaks plain HTTP. `admin-certificate.pem` and `admin-key.pem` in
 * the data directory are used when they are there (an operator may put others in their place) and made when neither is.
 * Rejects when one of the two is missing, or they do not fit together.
 */
export async function adminTls(dataDir: string, host: string): Promise<TlsPair | null> {
  if (!needsTls(host)) return null;
  const paths = { cert: join(dataDir, 'admin-certificate.pem'), key: join(dataDir, 'admin-key.pem') };
  const [cert, key] = [await readIfThere(paths.cert), await readIfThere(paths.key)];
  if (cert === null && key === null) return makePair(paths, host);
  if (cert === null || key === null) {
    throw new Error(`the admin port needs both ${paths.cert} and ${paths.key}, and one is missing`);
  }
  if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) {
    throw new Error(`${paths.cert} and ${paths.key} do not belong together`);
  }
  return { cert, key };
}

async function makePair(paths: TlsPair, host: string): Promise<TlsPair> {
  const pair = selfSignedCertificate({ host, nowMs: Date.now() });
  await writeNew(paths.key, pair.key, 0o600);
  await writeNew(paths.cert, pair.cert, 0o644);
  return pair;
}

async function writeNew(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function readIfThere(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}
