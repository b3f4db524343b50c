import { certificatesArea } from './certificates/area.ts';
import { firstVisitArea } from './first-visit/area.ts';
import { ipGroupsArea } from './ip-groups/area.ts';
import { listenersArea } from './listeners/area.ts';
import { loadBalancersArea } from './load-balancers/area.ts';
import { monitoringArea } from './monitoring/area.ts';
import { policiesArea } from './policies/area.ts';
import { poolsArea } from './pools/area.ts';
import { securityPoliciesArea } from './security-policies/area.ts';
import type { Area } from './shell/area.ts';
import { systemArea } from './system/area.ts';

/** Every part of the console, in the order of the navigation. */
export const areas: readonly Area[] = [
  monitoringArea,
  loadBalancersArea,
  firstVisitArea,
  listenersArea,
  policiesArea,
  poolsArea,
  certificatesArea,
  ipGroupsArea,
  securityPoliciesArea,
  systemArea,
];
