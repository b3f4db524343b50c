import type { Area } from '../shell/area.ts';

export const listenersArea: Area = { routes: [] };
