import {
  parseSecurityPolicyCreate,
  parseSecurityPolicyUpdate,
  type SecurityPolicyCreate,
  securityPolicyFilters,
  securityPolicySorts,
  securityPolicyToWire,
  type SecurityPolicyUpdate,
} from '@elbow/api';
import {
  checkEarlyDataStays,
  checkSecurityPolicyIsUnused,
  checkTlsChoice,
  type HttpsListener,
  type SecurityPolicy,
} from '@elbow/model';
import type { Reader } from '@elbow/store';
import type { CrudDescriptor, NewBase } from '../crud/crud.ts';
import { refuseIf } from '../crud/refusal.ts';
import { httpsListeners } from './tls-users.ts';

export function securityPolicyDescriptor(): CrudDescriptor<
  'securityPolicy',
  SecurityPolicyCreate,
  SecurityPolicyUpdate
> {
  return {
    kind: 'securityPolicy',
    singular: 'security_policy',
    plural: 'security_policies',
    idParam: 'security_policy_id',
    filters: securityPolicyFilters,
    sorts: securityPolicySorts,
    parseCreate: parseSecurityPolicyCreate,
    parseUpdate: parseSecurityPolicyUpdate,
    build: async (_, wish, base: NewBase) => judged({ ...base, ...wish, enterpriseProjectId: '0' }),
    change: ({ writer }, row, wish) => change(writer, { ...row, ...wish }),
    beforeRemove: async ({ writer }, row) => {
      const ids = (await usersOf(writer, row)).map(({ id }) => id);
      refuseIf(checkSecurityPolicyIsUnused(row.id, ids));
    },
    loadBalancersOf: async (reader, row) =>
      (await usersOf(reader, row)).map(({ loadBalancerId }) => loadBalancerId),
    toWire,
  };
}

async function change(reader: Reader, changed: SecurityPolicy): Promise<SecurityPolicy> {
  const users = (await usersOf(reader, changed)).filter(({ isEarlyDataEnabled }) => isEarlyDataEnabled);
  refuseIf(
    checkEarlyDataStays(
      changed,
      users.map(({ id }) => id),
    ),
  );
  return judged(changed);
}

function judged(policy: SecurityPolicy): SecurityPolicy {
  refuseIf(checkTlsChoice(policy));
  return policy;
}

async function usersOf(reader: Reader, { id, projectId }: SecurityPolicy): Promise<readonly HttpsListener[]> {
  const listeners = await httpsListeners(reader, projectId);
  return listeners.filter(({ securityPolicyId }) => securityPolicyId === id);
}

async function toWire(reader: Reader, rows: readonly SecurityPolicy[]) {
  const first = rows[0];
  const listeners = first === undefined ? [] : await httpsListeners(reader, first.projectId);
  return rows.map((row) => {
    const users = listeners.filter(({ securityPolicyId }) => securityPolicyId === row.id);
    return securityPolicyToWire(row, { listenerIds: users.map(({ id }) => id) });
  });
}
