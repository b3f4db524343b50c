import {
  callerToWire,
  parsePasswordChange,
  parseUserCreate,
  parseUserUpdate,
  userToWire,
  type UserUpdate,
} from '@elbow/api';
import {
  checkAdminRemains,
  checkUserCount,
  checkUserName,
  invalidField,
  problem,
  type User,
} from '@elbow/model';
import { hashPassword } from '@elbow/secrets';
import { fieldChanges } from '../history/field-changes.ts';
import type { ChangeAction } from '../history/origin.ts';
import { refuseIf, Refusal, valueOf } from '../services/crud/refusal.ts';
import type { Answer, Call } from '../services/crud/service-context.ts';
import { type Accounts, replaceUser, requireUser } from './accounts.ts';
import { checkPassword } from './login.ts';
import type { LoginThrottle } from './login-throttle.ts';
import { newIdentityId } from './new-credentials.ts';

export interface UserDeps {
  readonly accounts: Accounts;
  readonly throttle: LoginThrottle;
  readonly nowMs: () => number;
}

export async function listUsers({ accounts }: UserDeps): Promise<Answer> {
  return { status: 200, body: { users: accounts.users.map(userToWire) } };
}

export async function showUser({ accounts }: UserDeps, call: Call): Promise<Answer> {
  return { status: 200, body: { user: userToWire(requireUser(accounts.users, userIdOf(call))) } };
}

export async function showMe({ accounts }: UserDeps, call: Call): Promise<Answer> {
  const { caller, address } = call.origin;
  const user = requireUser(accounts.users, caller?.userId ?? '');
  const keyId = caller?.credential.kind === 'key' ? caller.credential.id : null;
  return { status: 200, body: { me: callerToWire(user, { projectId: call.projectId, keyId, address }) } };
}

export async function createUser({ accounts, nowMs }: UserDeps, call: Call): Promise<Answer> {
  const { password, ...wish } = valueOf(parseUserCreate(call.body));
  const passwordHash = await hashPassword(password);
  const now = nowMs();
  const made = { id: newIdentityId(), passwordHash, sessionGeneration: 1, keys: [] };
  const user: User = { ...made, ...wish, createdAtMs: now, updatedAtMs: now };
  await accounts.change((users) => {
    refuseIf(checkUserCount(users.length), checkUserName(user, users));
    noteUser(call, null, user);
    return { users: [...users, user], value: null };
  });
  return { status: 201, body: { user: userToWire(user) } };
}

/** A user who is disabled, and one whose password changes, is logged out everywhere. */
export async function updateUser(deps: UserDeps, call: Call): Promise<Answer> {
  const wish = valueOf(parseUserUpdate(call.body));
  const id = userIdOf(call);
  if (wish.password !== undefined && id === call.origin.caller?.userId)
    await checkOwnPassword(deps, call, wish.currentPassword);
  const hash = wish.password === undefined ? null : await hashPassword(wish.password);
  const user = await changeUser(deps, call, id, (known) => withWish(known, wish, hash));
  return { status: 200, body: { user: userToWire(user) } };
}

/** `/elbow/v1/me/password`: everybody may change their own. */
export async function changeOwnPassword(deps: UserDeps, call: Call): Promise<Answer> {
  const { currentPassword, newPassword } = valueOf(parsePasswordChange(call.body));
  await checkOwnPassword(deps, call, currentPassword);
  const hash = await hashPassword(newPassword);
  await changeUser(deps, call, call.origin.caller?.userId ?? '', (user) => withWish(user, {}, hash));
  return { status: 204, body: null };
}

export async function deleteUser({ accounts }: UserDeps, call: Call): Promise<Answer> {
  await accounts.change((users) => {
    const user = requireUser(users, userIdOf(call));
    const left = users.filter(({ id }) => id !== user.id);
    refuseIf(checkAdminRemains(left));
    noteUser(call, user, null);
    return { users: left, value: null };
  });
  return { status: 204, body: null };
}

/** Changes one user under the rules that go over all of them. @throws Refusal */
export async function changeUser(
  { accounts, nowMs }: UserDeps,
  call: Call,
  id: string,
  work: (user: User) => User,
): Promise<User> {
  return accounts.change((users) => {
    const known = requireUser(users, id);
    const user = { ...work(known), updatedAtMs: nowMs() };
    const changed = replaceUser(users, user);
    refuseIf(checkUserName(user, users), checkAdminRemains(changed));
    noteUser(call, known, user);
    return { users: changed, value: user };
  });
}

function withWish(user: User, wish: UserUpdate, passwordHash: string | null): User {
  const { password: _password, currentPassword: _currentPassword, ...attributes } = wish;
  const endsSessions = passwordHash !== null || wish.isEnabled === false;
  return {
    ...user,
    ...attributes,
    passwordHash: passwordHash ?? user.passwordHash,
    sessionGeneration: user.sessionGeneration + (endsSessions ? 1 : 0),
  };
}

/** A session that was left open must not be enough to take an account over. */
async function checkOwnPassword(
  { accounts, throttle }: UserDeps,
  { origin }: Call,
  password: string | undefined,
): Promise<void> {
  if (password === undefined)
    throw new Refusal(invalidField('user.current_password', 'is required to change your own password'));
  const user = accounts.userById(origin.caller?.userId ?? '');
  const { address } = origin;
  const checked = await checkPassword(throttle, { user, userName: user?.name ?? '', password, address });
  if (checked.ok) return;
  const isWrong = checked.problem.status === 401;
  throw new Refusal(isWrong ? problem('notAllowed', 'the current password is wrong') : checked.problem);
}

export function userIdOf({ params }: Call): string {
  return params['user_id'] ?? '';
}

function noteUser({ origin }: Call, before: User | null, after: User | null): void {
  const user = after ?? before;
  if (user === null) return;
  const action: ChangeAction = before === null ? 'created' : after === null ? 'removed' : 'updated';
  const fields = fieldChanges(toldUser(before), toldUser(after));
  origin.note({ type: 'user', id: user.id, name: user.name, action, fields });
}

/** The hash tells whether there is a new password; it is masked like any secret. */
function toldUser(user: User | null) {
  return user === null ? null : { ...userToWire(user), password: user.passwordHash };
}
