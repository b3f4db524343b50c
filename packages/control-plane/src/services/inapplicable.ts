import { problem } from '@elbow/model';
import { Refusal } from './crud/refusal.ts';
import type { Handler } from './crud/service-context.ts';

/** Calls of the published API that mean nothing here answer why, so that nobody looks for a mistake of their own. */
const selfHosted = 'not applicable to a self-hosted load balancer';
const reasons = {
  ChangeLoadbalancerChargeMode: `billing is ${selfHosted}`,
  UpgradeLoadbalancer: `there are no shared load balancers to upgrade: ${selfHosted}`,
  UpdateUserDefinedDomainConfig: `DNS records are kept by your name servers: ${selfHosted}`,
  UpdateSystemDefaultDomainConfig: `DNS records are kept by your name servers: ${selfHosted}`,
  ListDomainIPs: `DNS records are kept by your name servers: ${selfHosted}`,
  BatchEnableDomainIPs: `DNS records are kept by your name servers: ${selfHosted}`,
  BatchDisableDomainIPs: `DNS records are kept by your name servers: ${selfHosted}`,
  CreateMasterSlavePool: 'active/standby pools are not supported until there are layer 4 listeners',
} as const;

export const inapplicableHandlers = Object.fromEntries(
  Object.entries(reasons).map(([operation, reason]) => [operation, refuseWith(reason)]),
) as Readonly<Record<keyof typeof reasons, Handler>>;

function refuseWith(reason: string): Handler {
  return () => Promise.reject(new Refusal(problem('invalidInput', reason)));
}
