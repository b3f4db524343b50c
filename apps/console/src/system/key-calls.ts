import { client } from '../api/client.ts';

/** The same calls for one's own keys and for those of a user. */
export interface KeyCalls {
  readonly create: (description: string) => ReturnType<typeof client.createKey>;
  readonly update: (accessKey: string, enabled: boolean) => ReturnType<typeof client.updateKey>;
  readonly remove: (accessKey: string) => ReturnType<typeof client.deleteKey>;
}

export const ownKeyCalls: KeyCalls = {
  create: (description) => client.createOwnKey({ body: { key: { description } } }),
  update: (accessKey, enabled) =>
    client.updateOwnKey({ params: { access_key: accessKey }, body: { key: { enabled } } }),
  remove: (accessKey) => client.deleteOwnKey({ params: { access_key: accessKey } }),
};

export function keyCallsOf(userId: string): KeyCalls {
  const params = (accessKey: string) => ({ user_id: userId, access_key: accessKey });
  return {
    create: (description) =>
      client.createKey({ params: { user_id: userId }, body: { key: { description } } }),
    update: (accessKey, enabled) =>
      client.updateKey({ params: params(accessKey), body: { key: { enabled } } }),
    remove: (accessKey) => client.deleteKey({ params: params(accessKey) }),
  };
}
