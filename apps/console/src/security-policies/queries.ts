import type { ListenerWire, SecurityPolicyWire, SystemSecurityPolicyWire } from '@elbow/api';
import type { TlsProtocol } from '@elbow/model';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { wholeList } from '../api/whole-list.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';

export const customPolicyList = queryOptions({
  queryKey: ['security-policies'],
  queryFn: ({ signal }) =>
    wholeList(
      (query) => client.listSecurityPolicies({ query, signal }),
      (body) => body.security_policies,
    ),
});

export const systemPolicyList = queryOptions({
  queryKey: ['system-security-policies'],
  queryFn: async ({ signal }) =>
    (await client.listSystemSecurityPolicies({ signal })).body.system_security_policies.map(policyOfSystem),
  staleTime: Number.POSITIVE_INFINITY,
});

/** A policy of either kind, in one shape. */
export interface TlsPolicy {
  readonly id: string;
  readonly name: string;
  readonly isSystem: boolean;
  readonly protocols: readonly TlsProtocol[];
  readonly ciphers: readonly string[];
}

function policyOfSystem({ name, protocols, ciphers }: SystemSecurityPolicyWire): TlsPolicy {
  return {
    id: name,
    name,
    isSystem: true,
    protocols: protocols.split(' ') as TlsProtocol[],
    ciphers: ciphers.split(':'),
  };
}

export function policyOfCustom(policy: SecurityPolicyWire): TlsPolicy {
  const { id, protocols, ciphers } = policy;
  return { id, name: nameOf(policy), isSystem: false, protocols, ciphers };
}

/** Listeners that a built-in policy decides for: one of the user's own goes before it. */
export function usersOfSystemPolicy(
  name: string,
  listeners: readonly ListenerWire[],
): readonly ListenerWire[] {
  return listeners.filter(
    ({ protocol, tls_ciphers_policy: policy, security_policy_id: own }) =>
      protocol === 'HTTPS' && own === null && policy === name,
  );
}
