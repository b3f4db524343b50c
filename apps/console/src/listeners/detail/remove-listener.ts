import type { Answer, ListenerWire } from '@elbow/api';
import { client } from '../../api/client.ts';
import { wholeList } from '../../api/whole-list.ts';

/** Deletes a listener and its policies. Its group stays: it is taken off first. @throws ApiError */
export async function removeListener({ id, default_pool_id: poolId }: ListenerWire): Promise<Answer<null>> {
  const call = { params: { listener_id: id } };
  const policies = await wholeList(
    (query) => client.listL7Policies({ query: { ...query, listener_id: id } }),
    (body) => body.l7policies,
  );
  for (const policy of policies) await client.deleteL7Policy({ params: { l7policy_id: policy.id } });
  if (poolId !== null)
    await client.updateListener({ ...call, body: { listener: { default_pool_id: null } } });
  return client.deleteListener(call);
}
