import { accepted, type Outcome, problem, refused, rolesOf } from '@elbow/model';
import type { Caller, AuthenticateDeps } from './authenticate.ts';
import type { RawRequest } from './canonical-request.ts';
import { consoleHeader, crossSiteProblem } from './cross-site.ts';
import { sessionSecret } from './session-cookie.ts';
import type { LiveSession } from './sessions.ts';

export interface SessionCaller {
  readonly caller: Caller;
  readonly session: LiveSession;
}

/**
 * Who is calling, by the cookie of a session. A session ends with its time, with its user, and with the password that
 * it was begun with. Calls that its user has caused keep it alive; what a page asks for by itself does not.
 * @returns null without a cookie
 */
export async function callerOfSession(
  deps: AuthenticateDeps,
  request: RawRequest,
): Promise<Outcome<SessionCaller> | null> {
  const secret = sessionSecret(request.header('cookie'), request.isSecure ?? false);
  if (secret === null) return null;
  const known = deps.sessions.find(secret);
  const user = known === null ? null : deps.accounts.userById(known.userId);
  if (known === null || user === null || !user.isEnabled || user.sessionGeneration !== known.generation)
    return refused(problem('sessionOver', 'the session is over, log in again'));
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const foreign = isRead ? null : crossSiteProblem(request);
  if (foreign !== null) return refused(foreign);
  const isActive = !isRead || request.header(consoleHeader) === 'active';
  const session = isActive ? await deps.sessions.see(known) : known;
  const caller: Caller = {
    projectId: deps.accounts.projectId,
    userId: user.id,
    userName: user.name,
    roles: rolesOf(user.role),
    credential: { kind: 'session', id: known.hash.slice(0, 12) },
  };
  return accepted({ caller, session });
}
