import { type Area, lazyPage } from '../shell/area.ts';

export const firstVisitArea: Area = {
  routes: [{ path: '/try-out', page: lazyPage(() => import('./try-out-page.tsx'), 'TryOutPage') }],
};
