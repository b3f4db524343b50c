import { parseSessionRequest, sessionToWire } from '@elbow/api';
import { rolesOf, type User } from '@elbow/model';
import type { AuthenticateDeps } from '../auth/authenticate.ts';
import { crossSiteProblem } from '../auth/cross-site.ts';
import { checkPassword, type LoginDeps } from '../auth/login.ts';
import { callerOfSession } from '../auth/session-caller.ts';
import { noCookie, sessionCookie, sessionSecret } from '../auth/session-cookie.ts';
import type { LiveSession } from '../auth/sessions.ts';
import { refuseIf, valueOf } from '../services/crud/refusal.ts';
import { type EdgeContext, peerAddress, rawRequest } from './edge-env.ts';
import { parseJson } from './request-body.ts';

export type SessionDeps = AuthenticateDeps & LoginDeps;
export type SessionOperation = 'CreateSession' | 'ShowSession' | 'DeleteSession';

/** `/elbow/v1/session`: the login of the console, which knows nothing of what it is let in by. */
export function serveSession(
  deps: SessionDeps,
  operation: SessionOperation,
  context: EdgeContext,
  body: () => Promise<Uint8Array>,
): Promise<Response> {
  if (operation === 'CreateSession') return begin(deps, context, body);
  return operation === 'ShowSession' ? show(deps, context) : end(deps, context);
}

/** A page of another origin must not log its visitor in either, as somebody else. */
async function begin(
  deps: SessionDeps,
  context: EdgeContext,
  body: () => Promise<Uint8Array>,
): Promise<Response> {
  refuseIf(crossSiteProblem(rawRequest(context)));
  const wish = valueOf(parseSessionRequest(parseJson(await body())));
  // Before the check, so that a password that changes meanwhile does not get a session for the old one.
  const known = deps.accounts.userByName(wish.userName);
  const user = valueOf(
    await checkPassword(deps.throttle, { user: known, ...wish, address: peerAddress(context) }),
  );
  const before = secretOf(context);
  if (before !== null) await deps.sessions.end(before);
  const { secret, session } = await deps.sessions.begin(user);
  context.header('Set-Cookie', sessionCookie(secret, rawRequest(context).isSecure ?? false));
  return context.json(answer(deps, context, { user, session }), 201);
}

/** Nobody is an answer too: a page that is opened asks before anybody has logged in. */
async function show(deps: SessionDeps, context: EdgeContext): Promise<Response> {
  const found = await callerOfSession(deps, rawRequest(context));
  const user = found?.ok === true ? deps.accounts.userById(found.value.caller.userId) : null;
  if (found?.ok !== true || user === null)
    return context.json({ session: null, request_id: context.get('requestId') });
  return context.json(answer(deps, context, { user, session: found.value.session }));
}

/** Succeeds for a session that has ended already: what is wanted is that there is none. */
async function end(deps: SessionDeps, context: EdgeContext): Promise<Response> {
  refuseIf(crossSiteProblem(rawRequest(context)));
  const secret = secretOf(context);
  if (secret !== null) await deps.sessions.end(secret);
  context.header('Set-Cookie', noCookie(rawRequest(context).isSecure ?? false));
  return context.body(null, 204);
}

function secretOf(context: EdgeContext): string | null {
  const request = rawRequest(context);
  return sessionSecret(request.header('cookie'), request.isSecure ?? false);
}

interface Ongoing {
  readonly user: User;
  readonly session: LiveSession;
}

function answer({ accounts, nowMs }: SessionDeps, context: EdgeContext, { user, session }: Ongoing) {
  const { startedAtMs, expiresAtMs, idleExpiresAtMs } = session;
  const times = { startedAtMs, expiresAtMs, idleExpiresAtMs, nowMs: nowMs() };
  const owner = { userId: user.id, userName: user.name, role: user.role, projectId: accounts.projectId };
  const wire = sessionToWire({ ...owner, ...times, roles: rolesOf(user.role) });
  return { session: wire, request_id: context.get('requestId') };
}
