import type { Area } from '../shell/area.ts';

export const securityPoliciesArea: Area = { routes: [] };
