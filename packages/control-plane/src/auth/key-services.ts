import { keyToWire, parseKeyCreate, parseKeyUpdate } from '@elbow/api';
import { type AccessKey, checkKeyCount, notFound, type User } from '@elbow/model';
import { refuseIf, Refusal, valueOf } from '../services/crud/refusal.ts';
import type { Answer, Call } from '../services/crud/service-context.ts';
import { requireUser } from './accounts.ts';
import { newKeyPair } from './new-credentials.ts';
import { changeUser, type UserDeps, userIdOf } from './user-services.ts';

/** The same calls for one's own keys: the path names no user. */
export function ofCaller(call: Call): Call {
  return { ...call, params: { ...call.params, user_id: call.origin.caller?.userId ?? '' } };
}

export async function listKeys({ accounts }: UserDeps, call: Call): Promise<Answer> {
  const { keys } = requireUser(accounts.users, userIdOf(call));
  return { status: 200, body: { keys: keys.map(keyToWire) } };
}

/** The answer is the only place where the secret key ever stands. */
export async function createKey(deps: UserDeps, call: Call): Promise<Answer> {
  const { description } = valueOf(parseKeyCreate(call.body));
  const { accessKey, secretKey } = newKeyPair();
  const key: AccessKey = {
    accessKey,
    description,
    isEnabled: true,
    sealedSecretKey: deps.accounts.sealKey(accessKey, secretKey),
    createdAtMs: deps.nowMs(),
  };
  await changeUser(deps, call, userIdOf(call), (user) => {
    refuseIf(checkKeyCount(user));
    return { ...user, keys: [...user.keys, key] };
  });
  return { status: 201, body: { key: { ...keyToWire(key), secret_key: secretKey.reveal() } } };
}

export async function updateKey(deps: UserDeps, call: Call): Promise<Answer> {
  const wish = valueOf(parseKeyUpdate(call.body));
  const user = await changeUser(deps, call, userIdOf(call), (known) => {
    const key = requireKey(known, call);
    return { ...known, keys: known.keys.map((one) => (one === key ? { ...one, ...wish } : one)) };
  });
  return { status: 200, body: { key: keyToWire(requireKey(user, call)) } };
}

export async function deleteKey(deps: UserDeps, call: Call): Promise<Answer> {
  await changeUser(deps, call, userIdOf(call), (user) => {
    const key = requireKey(user, call);
    return { ...user, keys: user.keys.filter((one) => one !== key) };
  });
  return { status: 204, body: null };
}

function requireKey({ keys }: User, { params }: Call): AccessKey {
  const id = params['access_key'] ?? '';
  const key = keys.find(({ accessKey }) => accessKey === id);
  if (key === undefined) throw new Refusal(notFound('access key', id.slice(0, 64)));
  return key;
}
