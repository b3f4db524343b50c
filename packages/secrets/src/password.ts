import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** A set of the OWASP password storage cheat sheet: 32 MiB of memory, three passes. */
const CURRENT: Cost = { log2N: 15, r: 8, p: 3 };
/** No stored text may make a check dearer than 128 MiB or 16 passes. */
const CEILING: Cost = { log2N: 17, r: 8, p: 16 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const PHC = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43})$/;

interface Cost {
  readonly log2N: number;
  readonly r: number;
  readonly p: number;
}

/**
 * Hashes a password with scrypt (RFC 7914) on the thread pool.
 * @returns the PHC string `$scrypt$ln=15,r=8,p=3$<salt>$<hash>`: a hash keeps its cost when the default is raised.
 */
export async function hashPassword(text: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const { log2N, r, p } = CURRENT;
  const hash = await derive(text, salt, CURRENT);
  return `$scrypt$ln=${log2N},r=${r},p=${p}$${base64(salt)}$${base64(hash)}`;
}

/**
 * Whether `text` is the password behind `hash`; the comparison takes the same time wherever they differ.
 * @throws {PasswordHashUnreadable} when `hash` did not come from {@link hashPassword}: stored data is damaged,
 *   which is not the same as a wrong password.
 */
export async function verifyPassword(text: string, hash: string): Promise<boolean> {
  const { cost, salt, expected } = parseHash(hash);
  return timingSafeEqual(await derive(text, salt, cost), expected);
}

function parseHash(hash: string): { readonly cost: Cost; readonly salt: Buffer; readonly expected: Buffer } {
  const match = PHC.exec(hash);
  if (match === null)
    throw new PasswordHashUnreadable('it does not have the form $scrypt$ln=,r=,p=$salt$hash');
  const cost = { log2N: Number(match[1]), r: Number(match[2]), p: Number(match[3]) };
  if (!isAffordable(cost)) throw new PasswordHashUnreadable('its cost is out of range');
  return { cost, salt: Buffer.from(match[4]!, 'base64'), expected: Buffer.from(match[5]!, 'base64') };
}

function isAffordable({ log2N, r, p }: Cost): boolean {
  const isPositive = log2N >= 1 && r >= 1 && p >= 1;
  return isPositive && log2N <= CEILING.log2N && r <= CEILING.r && p <= CEILING.p;
}

/** NFKC first, so that a password typed on another keyboard or system gives the same bytes (NIST SP 800-63B §5.1.1.2). */
function derive(text: string, salt: Buffer, { log2N, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** log2N;
  const options = { N, r, p, maxmem: 128 * r * (N + p + 2) };
  return new Promise((resolve, reject) => {
    scrypt(text.normalize('NFKC'), salt, HASH_BYTES, options, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}

/** PHC strings carry base64 without padding. */
function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

/** A stored password hash is not one; the message never holds it. */
export class PasswordHashUnreadable extends Error {
  constructor(reason: string) {
    super(`password hash is unreadable: ${reason}`);
    this.name = 'PasswordHashUnreadable';
  }
}
