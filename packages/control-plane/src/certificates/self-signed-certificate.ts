import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import {
  bitString,
  contextual,
  integer,
  list,
  objectId,
  octetString,
  sequence,
  time,
  truth,
  utf8,
} from './der.ts';

export interface SelfSignedWish {
  /** Name or address that clients call. */
  readonly host: string;
  readonly nowMs: number;
}

export interface NamedWish {
  readonly commonName: string;
  /** Names and addresses that clients call. */
  readonly names: readonly string[];
  readonly nowMs: number;
}

const ecdsaWithSha256 = sequence(objectId('1.2.840.10045.4.3.2'));
const validityMs = 825 * 86_400_000;
/** Clocks of clients may be late. */
const leewayMs = 3_600_000;

/** For the admin port under the names that it is reached by. */
export function selfSignedCertificate({ host, nowMs }: SelfSignedWish): SelfSigned {
  return certificateForNames({ commonName: `Elbow admin ${host}`, names: [...namesOf(host)], nowMs });
}

export interface SelfSigned {
  readonly cert: string;
  readonly key: string;
}

/** A key on P-256 and a certificate for it (RFC 5280), signed with itself: a client must be told to trust it. */
export function certificateForNames({ commonName, names, nowMs }: NamedWish): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const body = toBeSigned({ commonName, names, nowMs }, publicKey);
  const signature = sign('sha256', body, privateKey);
  const der = sequence(body, ecdsaWithSha256, bitString(signature));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

function toBeSigned({ commonName, names, nowMs }: NamedWish, publicKey: KeyObject): Buffer {
  const name = sequence(list(sequence(objectId('2.5.4.3'), utf8(commonName))));
  return sequence(
    contextual(0, integer(Buffer.from([2]))),
    integer(serialNumber()),
    ecdsaWithSha256,
    name,
    sequence(time(nowMs - leewayMs), time(nowMs + validityMs)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    contextual(3, sequence(basicConstraints(), alternativeNames(names))),
  );
}

/** Positive and unpredictable, RFC 5280 section 4.1.2.2. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return bytes;
}

/** An authority of nothing but itself: clients that pin the file accept it as their root. */
function basicConstraints(): Buffer {
  return sequence(objectId('2.5.29.19'), truth(), octetString(sequence(truth())));
}

function alternativeNames(hosts: readonly string[]): Buffer {
  const names = hosts.map((name) => {
    return isIP(name) === 0 ? contextualText(2, Buffer.from(name)) : contextualText(7, addressBytes(name));
  });
  return sequence(objectId('2.5.29.17'), octetString(sequence(...names)));
}

/** A wildcard address is reached under any address of the machine. */
function namesOf(host: string): ReadonlySet<string> {
  const own = Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).map(({ address }) => address),
  );
  const isWildcard = host === '0.0.0.0' || host === '::';
  return new Set(['localhost', ...(isWildcard ? own.filter((address) => !address.includes('%')) : [host])]);
}

function contextualText(tag: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x80 | tag, bytes.length]), bytes]);
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const [left, right] = [groups(head), groups(tail ?? '')];
  const middle = Array.from({ length: 8 - left.length - right.length }, () => 0);
  return Buffer.from([...left, ...middle, ...right].flatMap((group) => [group >> 8, group & 0xff]));
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
