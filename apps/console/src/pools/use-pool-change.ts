import type {
  MemberTlsBody,
  PassiveEjectionBody,
  PoolExtrasAnswer,
  PoolUpdateBody,
  PoolWire,
} from '@elbow/api';
import { client } from '../api/client.ts';
import { useEdit } from '../fields/use-edit.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { poolMessages } from './messages.ts';
import { readPool } from './queries.ts';

export interface PoolChangeOptions {
  /** It belongs to a form that is open as soon as it is there. */
  readonly isOpenAtOnce?: boolean;
}

/** Saves a few fields of a group, but not over what somebody else has saved meanwhile. */
export function usePoolChange(of: PoolWire, options: PoolChangeOptions = {}) {
  const { saved, summary, settings } = useMessages(poolMessages);
  return useEdit({
    ...options,
    of,
    read: () => readPool(of.id),
    call: (pool: PoolUpdateBody, ifMatch) =>
      client.updatePool({ params: { pool_id: of.id }, body: { pool }, ifMatch }),
    said: ({ pool }) => saved(nameOf(pool)),
    concerns: () => [of.id],
    labels: {
      name: summary.name,
      description: summary.description,
      lb_algorithm: settings.algorithm,
      session_persistence: settings.sticky,
      slow_start: settings.slow,
      pool_health: settings.failOpen,
      protection_status: settings.modification,
      protection_reason: settings.reason,
      member_deletion_protection_enable: settings.removal,
    },
  });
}

export function useMemberTlsChange(of: PoolWire, now: NonNullable<PoolExtrasAnswer['member_tls']>) {
  const { saved, settings } = useMessages(poolMessages);
  return useEdit({
    of: now,
    isOpenAtOnce: true,
    read: async () => ({ object: (await readExtras(of)).member_tls ?? now, etag: null }),
    call: (body: MemberTlsBody) =>
      client.updateMemberTls({ params: { pool_id: of.id }, body: { member_tls: body } }),
    said: () => saved(nameOf(of)),
    concerns: () => [of.id],
    labels: {
      verify: settings.tlsVerify,
      ca_certificate_id: settings.tlsCa,
      ca_pem: settings.tlsText,
      server_name: settings.tlsName,
    },
  });
}

export function useEjectionChange(of: PoolWire, now: PoolExtrasAnswer['passive_ejection']) {
  const { saved, settings } = useMessages(poolMessages);
  return useEdit({
    of: now,
    isOpenAtOnce: true,
    read: async () => ({ object: (await readExtras(of)).passive_ejection, etag: null }),
    call: (body: PassiveEjectionBody) =>
      client.updatePassiveEjection({ params: { pool_id: of.id }, body: { passive_ejection: body } }),
    said: () => saved(nameOf(of)),
    concerns: () => [of.id],
    labels: {
      enable: settings.ejection,
      failures: settings.failures,
      seconds: settings.ejectionSeconds,
    },
  });
}

async function readExtras({ id }: PoolWire): Promise<PoolExtrasAnswer> {
  return (await client.showPoolExtras({ params: { pool_id: id } })).body.pool;
}
