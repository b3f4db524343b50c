import { DashboardOutlined } from '@ant-design/icons';
import { type Area, lazyPage } from '../shell/area.ts';

export const monitoringArea: Area = {
  nav: [{ path: '/overview', label: 'overview', icon: DashboardOutlined }],
  routes: [{ path: '/overview', page: lazyPage(() => import('./overview-page.tsx'), 'OverviewPage') }],
};
