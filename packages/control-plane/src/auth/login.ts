import { parseTokenRequest, tokenToWire, type TokenRequest } from '@elbow/api';
import { accepted, type Outcome, problem, refused } from '@elbow/model';
import { verifyPassword } from '@elbow/secrets';
import type { Account } from './account.ts';
import type { LoginThrottle } from './login-throttle.ts';
import type { Tokens } from './tokens.ts';
import { wrong } from './verify-signature.ts';

export interface LoginDeps {
  readonly account: Account;
  readonly tokens: Tokens;
  readonly throttle: LoginThrottle;
}

export interface Login {
  readonly token: string;
  readonly body: ReturnType<typeof tokenToWire>;
}

/**
 * Trades user name and password for a token.
 * @param address of the caller, for the throttle
 */
export async function logIn(deps: LoginDeps, body: unknown, address: string): Promise<Outcome<Login>> {
  const request = parseTokenRequest(body);
  if (!request.ok) return request;
  const { userName } = request.value;
  const waitSeconds = deps.throttle.begin(userName, address);
  if (waitSeconds > 0) return refused(tooMany(`try again in ${waitSeconds} s`));
  const isPassword = await deps.throttle.check(() => isRight(deps.account, request.value));
  if (isPassword === null) return refused(tooMany('other logins are being checked, try again'));
  if (!isPassword) return refused(wrong('the user name or the password is wrong'));
  deps.throttle.succeed(userName, address);
  if (request.value.projectId !== null && request.value.projectId !== deps.account.projectId) {
    return refused(wrong('the user has no role in this project'));
  }
  return accepted(await issue(deps));
}

/** The password is checked for an unknown user too: the time of the answer says nothing about names. */
async function isRight(account: Account, { userName, password }: TokenRequest): Promise<boolean> {
  const isPassword = await verifyPassword(password, account.passwordHash);
  return isPassword && userName === account.userName;
}

async function issue({ account, tokens }: LoginDeps): Promise<Login> {
  const { token, issuedAtMs, expiresAtMs } = await tokens.issue();
  const { userId, userName, projectId, roles } = account;
  return { token, body: tokenToWire({ userId, userName, projectId, roles, issuedAtMs, expiresAtMs }) };
}

function tooMany(advice: string) {
  return problem('tooManyRequests', `too many login attempts: ${advice}`);
}
