/** A role holds all that the ones before it hold. */
export const userRoles = ['reader', 'editor', 'admin'] as const;

/** `reader` sees, `editor` changes what is served, `admin` also says who may do so. */
export type UserRole = (typeof userRoles)[number];

/** Somebody who may call the API. */
export interface User {
  /** 32 hexadecimal digits, as the identity service writes ids. */
  readonly id: string;
  /** Unique whatever the case of its letters. */
  readonly name: string;
  readonly description: string;
  readonly role: UserRole;
  readonly isEnabled: boolean;
  readonly passwordHash: string;
  /** Tokens carry the number of the day they were issued; one of another number opens nothing any more. */
  readonly sessionGeneration: number;
  readonly keys: readonly AccessKey[];
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** A pair that signs requests for a user. */
export interface AccessKey {
  /** Public half: also the id of the pair. */
  readonly accessKey: string;
  readonly description: string;
  readonly isEnabled: boolean;
  /** The secret half, sealed. */
  readonly sealedSecretKey: string;
  readonly createdAtMs: number;
}
