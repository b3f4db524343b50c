import { CloudServerOutlined } from '@ant-design/icons';
import { type Area, lazyPage } from '../shell/area.ts';

export const poolsArea: Area = {
  nav: [{ path: '/pools', label: 'pools', icon: CloudServerOutlined }],
  routes: [
    { path: '/pools', page: lazyPage(() => import('./pool-list-page.tsx'), 'PoolListPage') },
    { path: '/pools/:poolId/:tab?', page: lazyPage(() => import('./pool-page.tsx'), 'PoolPage') },
  ],
};
