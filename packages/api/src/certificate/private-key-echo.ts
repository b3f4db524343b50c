import { accepted, invalidField, type Outcome, problem, refused } from '@elbow/model';
import { z } from 'zod';

/** The one body of the API that has no wrapper. */
export const privateKeyEchoBody = z.strictObject({ private_key_echo: z.boolean() });

export const privateKeyEcho = { private_key_echo: false } as const;

/** Keys never leave, so the switch can only stay off. */
export function parsePrivateKeyEcho(body: unknown): Outcome<typeof privateKeyEcho> {
  const parsed = privateKeyEchoBody.safeParse(body);
  if (!parsed.success)
    return refused(problem('invalidInput', 'the request body must be {"private_key_echo": false}'));
  if (parsed.data.private_key_echo)
    return refused(
      invalidField('private_key_echo', 'must be false: private keys never leave this load balancer'),
    );
  return accepted(privateKeyEcho);
}
