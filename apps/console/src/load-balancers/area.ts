import { ClusterOutlined } from '@ant-design/icons';
import { type Area, lazyPage } from '../shell/area.ts';

export const loadBalancersArea: Area = {
  nav: [{ path: '/lbs', roots: ['/listeners'], label: 'loadBalancers', icon: ClusterOutlined }],
  routes: [
    { path: '/lbs', page: lazyPage(() => import('./load-balancer-list-page.tsx'), 'LoadBalancerListPage') },
    {
      path: '/lbs/:loadBalancerId/:tab?',
      page: lazyPage(() => import('./load-balancer-page.tsx'), 'LoadBalancerPage'),
    },
  ],
};
