import { randomBytes, randomInt } from 'node:crypto';
import type { AccessKey } from '@elbow/model';
import { Secret } from '@elbow/secrets';

const upperCase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const digits = '0123456789';

export interface KeyPair {
  readonly accessKey: string;
  readonly secretKey: Secret;
}

/** 20 and 40 characters, as the cloud's own. */
export function newKeyPair(): KeyPair {
  return {
    accessKey: randomText(upperCase + digits, 20),
    secretKey: new Secret(randomText(upperCase + upperCase.toLowerCase() + digits, 40)),
  };
}

export function newPassword(): Secret {
  return new Secret(randomBytes(18).toString('base64url'));
}

/** 32 hexadecimal digits, the form of the identity service's ids. */
export function newIdentityId(): string {
  return randomBytes(16).toString('hex');
}

export function accessKeyRow(
  { accessKey }: KeyPair,
  more: Pick<AccessKey, 'sealedSecretKey' | 'createdAtMs' | 'description'>,
): AccessKey {
  return { accessKey, isEnabled: true, ...more };
}

function randomText(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
