import { ApiError } from '@elbow/api';
import { client } from './client.ts';
import { queryClient } from './query-client.ts';
import { beginSession, endSession } from './session.ts';

/** Trades name and password for a session. @throws ApiError */
export async function logIn(name: string, password: string): Promise<void> {
  const identity = { methods: ['password'], password: { user: { name, password } } };
  const { body, subjectToken, requestId } = await client.createToken({ body: { auth: { identity } } });
  if (subjectToken === null)
    throw new ApiError({ status: 0, code: 'HTTP', message: 'the server gave no token', requestId });
  const { token } = body;
  beginSession({
    token: subjectToken,
    projectId: token.project.id,
    userName: token.user.name,
    roles: token.roles.map((role) => role.name),
    expiresAt: token.expires_at,
  });
}

/** What the last user saw is forgotten with the session. */
export function logOut(): void {
  endSession();
  queryClient.clear();
}
