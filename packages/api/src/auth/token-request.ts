import { accepted, invalidField, type Outcome, refused } from '@elbow/model';
import { z } from 'zod';
import { says } from '../schema/values.ts';

const label = z
  .string(says('must be text of 1 to 255 characters'))
  .min(1)
  .max(255, 'must be text of 1 to 255 characters');
const password = z.string(says('must be text of 1 to 1024 characters')).min(1).max(1_024);

/** The identity service's body: what other methods and scopes it knows is not needed here and not read. */
const tokenBody = z.object({
  auth: z.object(
    {
      identity: z.object(
        {
          methods: z
            .array(z.string(), says('must be ["password"]'))
            .refine((methods) => methods.includes('password'), 'must be ["password"]'),
          password: z.object(
            { user: z.object({ name: label, password }) },
            says('must be an object with user'),
          ),
        },
        says('must be an object'),
      ),
      scope: z
        .object({ project: z.object({ id: z.string().optional(), name: z.string().optional() }).optional() })
        .optional(),
    },
    says('must be an object'),
  ),
});

export interface TokenRequest {
  readonly userName: string;
  readonly password: string;
  /** Project that the token is asked for, or null for the user's own. */
  readonly projectId: string | null;
}

export function parseTokenRequest(body: unknown): Outcome<TokenRequest> {
  const result = tokenBody.safeParse(body);
  if (!result.success) {
    const issue = result.error.issues[0];
    return refused(invalidField(issue?.path.join('.') || 'auth', issue?.message ?? 'is required'));
  }
  const { identity, scope } = result.data.auth;
  const { user } = identity.password;
  return accepted({ userName: user.name, password: user.password, projectId: scope?.project?.id ?? null });
}

export interface TokenFacts {
  readonly userName: string;
  readonly userId: string;
  readonly projectId: string;
  readonly roles: readonly string[];
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

/** The body beside the `X-Subject-Token` header; times as the identity service writes them, with microseconds. */
export function tokenToWire(facts: TokenFacts) {
  const domain = { id: 'default', name: 'default' };
  return {
    token: {
      methods: ['password'],
      issued_at: identityTime(facts.issuedAtMs),
      expires_at: identityTime(facts.expiresAtMs),
      user: { id: facts.userId, name: facts.userName, domain, password_expires_at: '' },
      project: { id: facts.projectId, name: 'default', domain },
      roles: facts.roles.map((name) => ({ id: name, name })),
      catalog: [],
    },
  };
}

function identityTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}000Z`;
}

/** Bodies as clients write them, below their one key. */
export type TokenRequestBody = z.input<typeof tokenBody>;

/** For documents that are made from the schemas. */
export const tokenBodies = { create: tokenBody } as const;
