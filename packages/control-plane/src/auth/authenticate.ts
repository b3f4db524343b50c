import { accepted, type Outcome, problem, refused, rolesOf, type User, type UserRole } from '@elbow/model';
import type { Accounts } from './accounts.ts';
import type { RawRequest } from './canonical-request.ts';
import { callerOfSession } from './session-caller.ts';
import type { Sessions } from './sessions.ts';
import type { Tokens } from './tokens.ts';
import { checkSignature, readAuthorization, wrong } from './verify-signature.ts';

/** What a caller showed: an access key, or a token or session by the beginning of its hash. */
export interface Credential {
  readonly kind: 'key' | 'token' | 'session';
  readonly id: string;
}

export interface Caller {
  readonly projectId: string;
  readonly userId: string;
  readonly userName: string;
  readonly roles: readonly UserRole[];
  readonly credential: Credential;
}

export interface AuthenticateDeps {
  readonly accounts: Accounts;
  readonly tokens: Tokens;
  readonly sessions: Sessions;
  readonly nowMs: () => number;
}

/**
 * Who is calling: by a signature over the raw request, by a token, or by the cookie of a session.
 * @param readBody gives the body; it is read only when everything that can be checked before it is right
 */
export async function authenticate(
  deps: AuthenticateDeps,
  request: RawRequest,
  readBody: () => Promise<Uint8Array>,
): Promise<Outcome<Caller>> {
  const { accounts, nowMs } = deps;
  const token = request.header('x-auth-token');
  if (token !== null) return callerOfToken(deps, token);
  if (request.header('authorization') === null) return bySession(deps, request);
  const authorization = readAuthorization(request, nowMs());
  if (!authorization.ok) return authorization;
  const { accessKey } = authorization.value;
  const signer = accounts.signer(accessKey);
  const secretKey = signer?.secretKey.reveal() ?? null;
  const reason = checkSignature(request, authorization.value, secretKey, await readBody());
  if (reason !== null || signer === null) return refused(reason ?? noCredentials());
  return accepted(callerOf(accounts, signer.user, { kind: 'key', id: accessKey }));
}

async function bySession(deps: AuthenticateDeps, request: RawRequest): Promise<Outcome<Caller>> {
  const found = await callerOfSession(deps, request);
  if (found === null) return refused(noCredentials());
  return found.ok ? accepted(found.value.caller) : found;
}

/** A token ends with its time, with its user, and with the password that it was given for. */
export function callerOfToken({ accounts, tokens }: AuthenticateDeps, token: string): Outcome<Caller> {
  const known = tokens.find(token);
  const user = known === null ? null : accounts.userById(known.userId);
  const isGood = user !== null && user.isEnabled && user.sessionGeneration === known?.generation;
  if (known === null || !isGood) return refused(wrong('X-Auth-Token is wrong or expired'));
  return accepted(callerOf(accounts, user, { kind: 'token', id: known.hash.slice(0, 12) }));
}

function callerOf({ projectId }: Accounts, { id, name, role }: User, credential: Credential): Caller {
  return { projectId, userId: id, userName: name, roles: rolesOf(role), credential };
}

function noCredentials() {
  return problem(
    'noCredentials',
    'this request needs credentials: an SDK-HMAC-SHA256 Authorization header or an X-Auth-Token header',
  );
}

/** The project of the path, and the one that some clients name in a header, must be the caller's. */
export function checkProject(caller: Caller, pathProject: string | undefined, headerProject: string | null) {
  const isOther = (project: string | null | undefined): boolean =>
    (project ?? caller.projectId) !== caller.projectId;
  if (isOther(pathProject))
    return problem('otherProject', 'the credentials do not belong to the project of the path');
  if (isOther(headerProject))
    return problem('otherProject', 'X-Project-Id differs from the project of the credentials');
  return null;
}
