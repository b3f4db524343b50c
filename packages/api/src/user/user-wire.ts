import { type AccessKey, rolesOf, type User } from '@elbow/model';
import { wireTime } from '../time.ts';

/** Without anything that opens a door. */
export function userToWire(user: User) {
  return {
    id: user.id,
    name: user.name,
    description: user.description,
    role: user.role,
    enabled: user.isEnabled,
    keys: user.keys.map((key) => keyToWire(key)),
    created_at: wireTime(user.createdAtMs),
    updated_at: wireTime(user.updatedAtMs),
  };
}

export function keyToWire(key: AccessKey) {
  return {
    access_key: key.accessKey,
    description: key.description,
    enabled: key.isEnabled,
    created_at: wireTime(key.createdAtMs),
  };
}

/** The caller, as `/elbow/v1/me` shows it. */
export function callerToWire(
  user: User,
  more: { readonly projectId: string; readonly keyId: string | null; readonly address: string },
) {
  return {
    ...userToWire(user),
    roles: rolesOf(user.role),
    project_id: more.projectId,
    access_key: more.keyId,
    address: more.address,
  };
}
