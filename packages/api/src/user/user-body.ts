import { mapOutcome, type Outcome, type UserRole, userRoles } from '@elbow/model';
import { z } from 'zod';
import { defined } from '../schema/defined.ts';
import { readOnly, refused } from '../schema/fixed.ts';
import { parseBody } from '../schema/parse-body.ts';
import { description } from '../schema/shared-fields.ts';
import { flag, oneOf, says } from '../schema/values.ts';

const nameRule = 'must be 1 to 64 letters, digits, dots, dashes, underscores or @';
const name = z.string(says(nameRule)).regex(/^[A-Za-z0-9._@-]{1,64}$/, nameRule);
/** Length and nothing else: rules about kinds of characters make passwords weaker (NIST SP 800-63B section 3.1.1). */
const passwordRule = 'must be text of 10 to 1024 characters';
const newPassword = z
  .string(says(passwordRule))
  .refine((text) => text.isWellFormed() && [...text].length >= 10 && text.length <= 1_024, passwordRule);
const currentRule = 'must be the password that you have now';
const currentPassword = z.string(says(currentRule)).min(1, currentRule).max(1_024, currentRule);
const role = oneOf(userRoles);

const readOnlyFields = ['id', 'keys', 'created_at', 'updated_at'] as const;

const createBody = z.strictObject({
  ...refused(readOnlyFields, readOnly),
  name,
  description: description.default(''),
  role,
  password: newPassword,
  enabled: flag.default(true),
});

const updateBody = z.strictObject({
  ...refused(readOnlyFields, readOnly),
  name: name.exactOptional(),
  description: description.exactOptional(),
  role: role.exactOptional(),
  password: newPassword.exactOptional(),
  current_password: currentPassword.exactOptional(),
  enabled: flag.exactOptional(),
});

const ownPasswordBody = z.strictObject({ current_password: currentPassword, new_password: newPassword });

const readOnlyOfKeys = ['access_key', 'secret_key', 'user_id', 'created_at'] as const;

const keyCreateBody = z.strictObject({
  ...refused(readOnlyOfKeys, readOnly),
  description: description.default(''),
});

const keyUpdateBody = z.strictObject({
  ...refused(readOnlyOfKeys, readOnly),
  description: description.exactOptional(),
  enabled: flag.exactOptional(),
});

export interface UserCreate {
  readonly name: string;
  readonly description: string;
  readonly role: UserRole;
  readonly password: string;
  readonly isEnabled: boolean;
}

export type UserUpdate = Partial<UserCreate> & {
  /** Of the caller, for those who change their own password. */
  readonly currentPassword?: string;
};

export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
}

export interface KeyCreate {
  readonly description: string;
}

export type KeyUpdate = Partial<KeyCreate & { readonly isEnabled: boolean }>;

export function parseUserCreate(body: unknown): Outcome<UserCreate> {
  return mapOutcome(parseBody('user', createBody, body), (wire) => ({
    name: wire.name,
    description: wire.description,
    role: wire.role,
    password: wire.password,
    isEnabled: wire.enabled,
  }));
}

export function parseUserUpdate(body: unknown): Outcome<UserUpdate> {
  return mapOutcome(parseBody('user', updateBody, body), (wire) =>
    defined({
      name: wire.name,
      description: wire.description,
      role: wire.role,
      password: wire.password,
      currentPassword: wire.current_password,
      isEnabled: wire.enabled,
    }),
  );
}

/** Of `/elbow/v1/me/password`. */
export function parsePasswordChange(body: unknown): Outcome<PasswordChange> {
  return mapOutcome(parseBody('password', ownPasswordBody, body), (wire) => ({
    currentPassword: wire.current_password,
    newPassword: wire.new_password,
  }));
}

export function parseKeyCreate(body: unknown): Outcome<KeyCreate> {
  return parseBody('key', keyCreateBody, body ?? { key: {} });
}

export function parseKeyUpdate(body: unknown): Outcome<KeyUpdate> {
  return mapOutcome(parseBody('key', keyUpdateBody, body), (wire) =>
    defined({ description: wire.description, isEnabled: wire.enabled }),
  );
}

/** For documents that are made from the schemas. */
export const userBodies = {
  create: createBody,
  update: updateBody,
  password: ownPasswordBody,
  keyCreate: keyCreateBody,
  keyUpdate: keyUpdateBody,
} as const;
