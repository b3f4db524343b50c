import { type Area, lazyPage } from '../shell/area.ts';

export const listenersArea: Area = {
  routes: [
    {
      path: '/lbs/:loadBalancerId/listeners/new',
      page: lazyPage(() => import('./wizard/add-listener-page.tsx'), 'AddListenerPage'),
    },
    {
      path: '/listeners/:listenerId/:tab?',
      page: lazyPage(() => import('./detail/listener-page.tsx'), 'ListenerPage'),
    },
  ],
};
