import { conflict, type Problem, problem } from './problem.ts';
import { type User, type UserRole, userRoles } from './user.ts';

export const mostUsers = 200;
export const mostKeysPerUser = 10;

/** A role and those that it holds. */
export function rolesOf(role: UserRole): readonly UserRole[] {
  return userRoles.slice(0, userRoles.indexOf(role) + 1);
}

/** @param users among whom there are no two of one name */
export function checkUserName(
  { id, name }: Pick<User, 'id' | 'name'>,
  users: readonly User[],
): Problem | null {
  const taken = users.find((user) => user.id !== id && user.name.toLowerCase() === name.toLowerCase());
  return taken === undefined ? null : conflict(`user.name ${taken.name} is already in use`);
}

export function checkUserCount(used: number): Problem | null {
  return used < mostUsers
    ? null
    : problem('quotaExceeded', `quota exceeded for users: ${used} of ${mostUsers} in use`);
}

export function checkKeyCount(user: User): Problem | null {
  return user.keys.length < mostKeysPerUser
    ? null
    : problem(
        'quotaExceeded',
        `quota exceeded for access keys of user ${user.name}: ${user.keys.length} of ${mostKeysPerUser} in use`,
      );
}

/** @param users as they would be after the change: somebody must be left who can let others in */
export function checkAdminRemains(users: readonly User[]): Problem | null {
  const isThere = users.some(({ role, isEnabled }) => role === 'admin' && isEnabled);
  return isThere
    ? null
    : conflict(
        'this is the last enabled user with the role admin: it cannot be removed, disabled or demoted',
      );
}
