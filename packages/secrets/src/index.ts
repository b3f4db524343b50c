export { KeyFileRefused, loadOrCreateKeyFile } from './key-file.ts';
export { hashPassword, PasswordHashUnreadable, verifyPassword } from './password.ts';
export { seal, SealBroken, unseal } from './seal.ts';
export { Secret } from './secret.ts';
export { certificateKeyContext } from './context.ts';
