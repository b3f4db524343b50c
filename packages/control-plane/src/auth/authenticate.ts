import { accepted, type Outcome, problem, refused } from '@elbow/model';
import type { Account } from './account.ts';
import type { RawRequest } from './canonical-request.ts';
import type { Tokens } from './tokens.ts';
import { checkSignature, readAuthorization, wrong } from './verify-signature.ts';

export interface Caller {
  readonly projectId: string;
  readonly userName: string;
  readonly roles: Account['roles'];
}

export interface AuthenticateDeps {
  readonly account: Account;
  readonly tokens: Tokens;
  readonly nowMs: () => number;
}

/**
 * Who is calling: by a signature over the raw request, or by a token.
 * @param readBody gives the body; it is read only when everything that can be checked before it is right
 */
export async function authenticate(
  { account, tokens, nowMs }: AuthenticateDeps,
  request: RawRequest,
  readBody: () => Promise<Uint8Array>,
): Promise<Outcome<Caller>> {
  const caller: Caller = { projectId: account.projectId, userName: account.userName, roles: account.roles };
  const token = request.header('x-auth-token');
  if (token !== null)
    return tokens.isValid(token) ? accepted(caller) : refused(wrong('X-Auth-Token is wrong or expired'));
  if (request.header('authorization') === null) return refused(noCredentials());
  const authorization = readAuthorization(request, nowMs());
  if (!authorization.ok) return authorization;
  const isKnown = authorization.value.accessKey === account.accessKey;
  const secretKey = isKnown ? account.secretKey.reveal() : null;
  const reason = checkSignature(request, authorization.value, secretKey, await readBody());
  return reason === null ? accepted(caller) : refused(reason);
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
