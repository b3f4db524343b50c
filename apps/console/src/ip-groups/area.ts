import type { Area } from '../shell/area.ts';

export const ipGroupsArea: Area = { routes: [] };
