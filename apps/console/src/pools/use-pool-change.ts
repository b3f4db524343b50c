import type { MemberTlsBody, PassiveEjectionBody, PoolUpdateBody, PoolWire } from '@elbow/api';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { poolMessages } from './messages.ts';

/** Saves a few fields of a group. */
export function usePoolChange({ id }: PoolWire) {
  const t = useMessages(poolMessages);
  return useWrite({
    call: (pool: PoolUpdateBody) => client.updatePool({ params: { pool_id: id }, body: { pool } }),
    said: (_, { pool }) => t.saved(nameOf(pool)),
    concerns: () => [id],
  });
}

export function useMemberTlsChange(of: PoolWire) {
  const t = useMessages(poolMessages);
  return useWrite({
    call: (body: MemberTlsBody) =>
      client.updateMemberTls({ params: { pool_id: of.id }, body: { member_tls: body } }),
    said: () => t.saved(nameOf(of)),
    concerns: () => [of.id],
  });
}

export function useEjectionChange(of: PoolWire) {
  const t = useMessages(poolMessages);
  return useWrite({
    call: (body: PassiveEjectionBody) =>
      client.updatePassiveEjection({ params: { pool_id: of.id }, body: { passive_ejection: body } }),
    said: () => t.saved(nameOf(of)),
    concerns: () => [of.id],
  });
}
