import { client } from '../../api/client.ts';
import { wholeList } from '../../api/whole-list.ts';
import { queryOptions, useQuery } from '@tanstack/react-query';

export const systemPolicyList = queryOptions({
  queryKey: ['system-security-policies'],
  queryFn: async ({ signal }) =>
    (await client.listSystemSecurityPolicies({ signal })).body.system_security_policies,
  staleTime: Number.POSITIVE_INFINITY,
});

export const customPolicyList = queryOptions({
  queryKey: ['security-policies'],
  queryFn: ({ signal }) =>
    wholeList(
      (query) => client.listSecurityPolicies({ query, signal }),
      (body) => body.security_policies,
    ),
});

/** A policy of either kind. */
export interface PolicyChoice {
  /** What `tls_ciphers_policy` or `security_policy_id` says. */
  readonly value: string;
  readonly name: string;
  readonly isCustom: boolean;
  /** `TLSv1.3`, newest first. */
  readonly versions: readonly string[];
}

export function usePolicies(): readonly PolicyChoice[] {
  const system = useQuery(systemPolicyList).data ?? [];
  const custom = useQuery(customPolicyList).data ?? [];
  return [
    ...system.map(({ name, protocols }) => ({
      value: name,
      name,
      isCustom: false,
      versions: protocols.split(' '),
    })),
    ...custom.map(({ id, name, protocols }) => ({
      value: id,
      name: name === '' ? id : name,
      isCustom: true,
      versions: [...protocols].reverse(),
    })),
  ];
}

export function hasTls13({ versions }: PolicyChoice): boolean {
  return versions.includes('TLSv1.3');
}

export function isOutdated({ versions }: PolicyChoice): boolean {
  return versions.includes('TLSv1') || versions.includes('TLSv1.1');
}
