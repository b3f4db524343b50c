import type { Area } from '../shell/area.ts';

export const poolsArea: Area = { routes: [] };
