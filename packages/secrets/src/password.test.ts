import { describe, expect, it } from 'vitest';
import { hashPassword, PasswordHashUnreadable, verifyPassword } from './password.ts';

describe('passwords', { timeout: 30_000 }, () => {
  it('verify only the text they were made from', async () => {
    const hash = await hashPassword('correct horse');
    expect(hash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await verifyPassword('correct horse', hash)).toBe(true);
    expect(await verifyPassword('correct horsf', hash)).toBe(false);
    expect(await verifyPassword('', hash)).toBe(false);
  });

  it('have a salt of their own', async () => {
    expect(await hashPassword('same')).not.toBe(await hashPassword('same'));
  });

  it('are the same in composed and decomposed form', async () => {
    expect(await verifyPassword('cafe\u0301', await hashPassword('caf\u00e9'))).toBe(true);
  });

  /** RFC 7914 §12, third vector: N=16384, r=8, p=1; the first 32 bytes of the 64. */
  it('follow RFC 7914 and keep the cost a hash was made with', async () => {
    const salt = Buffer.from('SodiumChloride').toString('base64').replaceAll('=', '');
    const text = '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2';
    const expected = Buffer.from(text, 'hex').toString('base64').replaceAll('=', '');
    const hash = `$scrypt$ln=14,r=8,p=1$${salt}$${expected}`;
    expect(await verifyPassword('pleaseletmein', hash)).toBe(true);
    expect(await verifyPassword('pleaseletmeout', hash)).toBe(false);
  });

  it.each([
    '',
    'plain',
    '$scrypt$ln=15,r=8,p=3$short$short',
    `$scrypt$ln=30,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
    `$scrypt$ln=15,r=99,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
    `$scrypt$ln=0,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
  ])('report a damaged hash %j', async (hash) => {
    await expect(verifyPassword('text', hash)).rejects.toThrow(PasswordHashUnreadable);
  });
});
