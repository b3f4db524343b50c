import { useQuery } from '@tanstack/react-query';
import { customPolicyList, policyOfCustom, systemPolicyList } from '../../security-policies/queries.ts';

/** A policy of either kind. */
export interface PolicyChoice {
  /** What `tls_ciphers_policy` or `security_policy_id` says. */
  readonly value: string;
  readonly name: string;
  readonly isCustom: boolean;
  /** `TLSv1.3`, newest first. */
  readonly versions: readonly string[];
}

const oldestFirst = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

export function usePolicies(): readonly PolicyChoice[] {
  const system = useQuery(systemPolicyList).data ?? [];
  const custom = useQuery(customPolicyList).data ?? [];
  return [...system, ...custom.map(policyOfCustom)].map(({ id, name, isSystem, protocols }) => ({
    value: id,
    name,
    isCustom: !isSystem,
    versions: protocols.toSorted((one, other) => oldestFirst.indexOf(other) - oldestFirst.indexOf(one)),
  }));
}

export function hasTls13({ versions }: PolicyChoice): boolean {
  return versions.includes('TLSv1.3');
}

export function isOutdated({ versions }: PolicyChoice): boolean {
  return versions.includes('TLSv1') || versions.includes('TLSv1.1');
}
