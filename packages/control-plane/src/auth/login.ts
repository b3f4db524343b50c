import { parseTokenRequest, tokenToWire, type TokenRequest } from '@elbow/api';
import { accepted, type Outcome, problem, refused, rolesOf, type User } from '@elbow/model';
import { hashPassword, verifyPassword } from '@elbow/secrets';
import type { Accounts } from './accounts.ts';
import type { LoginThrottle } from './login-throttle.ts';
import type { Tokens } from './tokens.ts';
import { wrong } from './verify-signature.ts';

export interface LoginDeps {
  readonly accounts: Accounts;
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
  // Before the check, so that a password that changes meanwhile does not get a session for the old one.
  const user = deps.accounts.userByName(userName);
  const checked = await checkPassword(deps.throttle, { user, ...request.value, address });
  if (!checked.ok) return checked;
  const { projectId } = request.value;
  if (projectId !== null && projectId !== deps.accounts.projectId)
    return refused(wrong('the user has no role in this project'));
  return accepted(await issue(deps, checked.value));
}

export interface PasswordCheck extends Pick<TokenRequest, 'userName' | 'password'> {
  readonly user: User | null;
  readonly address: string;
}

/** Guesses are slowed down. @returns the user, who is enabled and knows the password */
export async function checkPassword(throttle: LoginThrottle, check: PasswordCheck): Promise<Outcome<User>> {
  const { user, userName, password, address } = check;
  const name = userName.toLowerCase();
  const waitSeconds = throttle.begin(name, address);
  if (waitSeconds > 0) return refused(tooMany(`try again in ${waitSeconds} s`));
  const isPassword = await throttle.check(() => isRight(user, password));
  if (isPassword === null) return refused(tooMany('other logins are being checked, try again'));
  if (!isPassword || user === null) return refused(wrong('the user name or the password is wrong'));
  throttle.succeed(name, address);
  return accepted(user);
}

let standIn: Promise<string> | null = null;

/** A password is checked for an unknown user too: the time of the answer says nothing about names. */
async function isRight(user: User | null, password: string): Promise<boolean> {
  const hash = user?.passwordHash ?? (await (standIn ??= hashPassword('nobody has this password')));
  const isPassword = await verifyPassword(password, hash);
  return isPassword && user !== null && user.isEnabled;
}

async function issue({ accounts, tokens }: LoginDeps, user: User): Promise<Login> {
  const { token, issuedAtMs, expiresAtMs } = await tokens.issue(user);
  const { id: userId, name: userName, role } = user;
  const { projectId } = accounts;
  const roles = rolesOf(role);
  return { token, body: tokenToWire({ userId, userName, projectId, roles, issuedAtMs, expiresAtMs }) };
}

function tooMany(advice: string) {
  return problem('tooManyRequests', `too many login attempts: ${advice}`);
}
