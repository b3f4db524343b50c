import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Secret } from './secret.ts';

const VERSION = 'v1';
const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Canonical base64url: `Buffer.from` alone would skip stray characters and give one seal many spellings. */
const BASE64URL = /^[A-Za-z0-9_-]+$/;

/**
 * Encrypts `plaintext` so that it opens only with the same key and the same `context`.
 * The context says where the text belongs (for example `certificate/<id>`): a sealed text that is copied to another
 * record does not open there. Random 96-bit nonces: one key is good for 2^32 seals (NIST SP 800-38D §8.3).
 * @param key 32 bytes.
 * @returns `v1.<base64url of nonce, ciphertext and tag>`.
 */
export function seal(key: Uint8Array, plaintext: string, context: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData(context));
  const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  return `${VERSION}.${Buffer.concat([nonce, ciphertext, cipher.getAuthTag()]).toString('base64url')}`;
}

/**
 * Opens what {@link seal} made.
 * @throws {SealBroken} when the key or the context differs, or the text was changed, cut or is of an unknown version.
 */
export function unseal(key: Uint8Array, sealed: string, context: string): Secret {
  const bytes = decodeSealed(sealed, context);
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(associatedData(context));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  const plaintext = decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES));
  try {
    decipher.final();
  } catch {
    throw new SealBroken(context, 'the key, the context or the text is not the one it was sealed with');
  }
  return new Secret(plaintext.toString('utf8'));
}

function decodeSealed(sealed: string, context: string): Buffer {
  const [version, text, ...rest] = sealed.split('.');
  if (version !== VERSION || text === undefined || rest.length > 0) {
    throw new SealBroken(context, `it does not have the form ${VERSION}.<base64url>`);
  }
  const bytes = Buffer.from(text, 'base64url');
  if (!BASE64URL.test(text) || bytes.toString('base64url') !== text) {
    throw new SealBroken(context, 'it is not base64url');
  }
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new SealBroken(context, 'it is cut short');
  return bytes;
}

/** The version is authenticated too, so that a later form cannot be passed off as this one. */
function associatedData(context: string): Buffer {
  return Buffer.from(`${VERSION}.${context}`, 'utf8');
}

/** A sealed text did not open. The message names the context and never holds key or text. */
export class SealBroken extends Error {
  readonly context: string;

  constructor(context: string, reason: string) {
    super(`sealed text of ${context} does not open: ${reason}`);
    this.name = 'SealBroken';
    this.context = context;
  }
}
