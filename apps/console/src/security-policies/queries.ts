import type { AnswerBodies, SecurityPolicyWire, SystemSecurityPolicyWire } from '@elbow/api';
import type { TlsProtocol } from '@elbow/model';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { wholeList } from '../api/whole-list.ts';
import type { Versioned } from '../fields/edit-changes.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import type { PagedListOptions } from '../shell/use-paged-list.ts';

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
export function listenersOfPolicy(name: string) {
  return queryOptions({
    queryKey: ['listeners', { tls_ciphers_policy: name }],
    queryFn: async ({ signal }) => {
      const found = await wholeList(
        (query) =>
          client.listListeners({ query: { ...query, tls_ciphers_policy: name, protocol: 'HTTPS' }, signal }),
        (body) => body.listeners,
      );
      return found.filter(({ security_policy_id: own }) => own === null);
    },
  });
}

/** For the list of them, page by page. */
export const customPolicyPages: PagedListOptions<AnswerBodies['ListSecurityPolicies'], SecurityPolicyWire> = {
  key: 'security-policies',
  load: (query, signal) => client.listSecurityPolicies({ query, signal }),
  pick: (body) => body.security_policies,
};

/** A policy and its version, for what is changed in a form. */
export async function readCustomPolicy(id: string): Promise<Versioned<SecurityPolicyWire>> {
  const { body, etag } = await client.showSecurityPolicy({ params: { security_policy_id: id } });
  return { object: body.security_policy, etag };
}
