import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOrThrow } from './run-command.ts';

export type KeyType = 'ec' | 'rsa';

export interface CertificateFiles {
  readonly certificatePem: string;
  readonly keyPem: string;
  /** The same as files, for command-line tools. They live as long as the process. */
  readonly certificateFile: string;
  readonly keyFile: string;
}

export interface CertificateAuthority extends CertificateFiles {
  /** A leaf for `names` (DNS names or IPv4 addresses); equal wishes get the same one. */
  issue(names: readonly string[], keyType?: KeyType): Promise<CertificateFiles>;
}

const keyOptions: Record<KeyType, readonly string[]> = {
  ec: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  rsa: ['-newkey', 'rsa:2048'],
};

let folder: string | undefined;
let authority: Promise<CertificateAuthority> | undefined;

/** The certificate authority of this process, made by openssl at the first call. */
export function testAuthority(): Promise<CertificateAuthority> {
  authority ??= makeAuthority('testkit');
  return authority;
}

/** Another one, for tests in which one must not be trusted where the other is. */
export async function makeAuthority(
  name: string,
  authorityKey: KeyType = 'ec',
): Promise<CertificateAuthority> {
  const files = filesFor(`ca-${name}`);
  await openssl(
    'req',
    '-x509',
    ...keyOptions[authorityKey],
    '-nodes',
    '-days',
    '30',
    '-subj',
    `/CN=${name} CA`,
    '-addext',
    'basicConstraints=critical,CA:TRUE',
    '-addext',
    'keyUsage=critical,keyCertSign,cRLSign',
    '-keyout',
    files.key,
    '-out',
    files.certificate,
  );
  const ca = read(files);
  const issued = new Map<string, Promise<CertificateFiles>>();
  const issue = (names: readonly string[], keyType: KeyType = 'ec'): Promise<CertificateFiles> => {
    const wish = `${keyType}-${names.join('_')}`;
    const known =
      issued.get(wish) ??
      issueLeaf(ca, { label: `${name}-${issued.size}-${wish.slice(0, 60)}`, names, keyType });
    issued.set(wish, known);
    return known;
  };
  return { ...ca, issue };
}

interface LeafWish {
  readonly label: string;
  readonly names: readonly string[];
  readonly keyType: KeyType;
}

async function issueLeaf(ca: CertificateFiles, wish: LeafWish): Promise<CertificateFiles> {
  const files = filesFor(wish.label.replaceAll('*', 'star'));
  const extensions = join(tempFolder(), `${wish.label.replaceAll('*', 'star')}.ext`);
  const alternatives = wish.names.map((name) => `${/^[\d.]+$/.test(name) ? 'IP' : 'DNS'}:${name}`);
  writeFileSync(extensions, `basicConstraints=CA:FALSE\nsubjectAltName=${alternatives.join(',')}\n`);
  await openssl(
    'req',
    ...keyOptions[wish.keyType],
    '-nodes',
    '-subj',
    `/CN=${wish.names[0]}`,
    '-keyout',
    files.key,
    '-out',
    `${files.certificate}.csr`,
  );
  await openssl(
    'x509',
    '-req',
    '-in',
    `${files.certificate}.csr`,
    '-CA',
    ca.certificateFile,
    '-CAkey',
    ca.keyFile,
    // A number of its own: openssl's file of the last one is a race between two that are issued at a time.
    '-set_serial',
    `0x${randomBytes(16).toString('hex')}`,
    '-days',
    '30',
    '-extfile',
    extensions,
    '-out',
    files.certificate,
  );
  return read(files);
}

function openssl(...words: readonly string[]): Promise<string> {
  return runOrThrow('openssl', words);
}

function filesFor(label: string): { key: string; certificate: string } {
  return { key: join(tempFolder(), `${label}.key`), certificate: join(tempFolder(), `${label}.pem`) };
}

function read(files: { key: string; certificate: string }): CertificateFiles {
  return {
    certificatePem: readFileSync(files.certificate, 'utf8'),
    keyPem: readFileSync(files.key, 'utf8'),
    certificateFile: files.certificate,
    keyFile: files.key,
  };
}

function tempFolder(): string {
  if (folder === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'elbow-certificates-'));
    process.on('exit', () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  return folder;
}
