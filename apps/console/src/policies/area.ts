import type { Area } from '../shell/area.ts';

export const policiesArea: Area = { routes: [] };
