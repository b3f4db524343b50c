import type { Area } from '../shell/area.ts';

export const monitoringArea: Area = { routes: [] };
