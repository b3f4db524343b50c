import { DeploymentUnitOutlined, HistoryOutlined, TeamOutlined } from '@ant-design/icons';
import { type Area, lazyPage } from '../shell/area.ts';

export const systemArea: Area = {
  nav: [
    { path: '/system/nodes', label: 'nodes', icon: DeploymentUnitOutlined },
    { path: '/system/activity', label: 'activity', icon: HistoryOutlined },
    { path: '/system/users', label: 'users', icon: TeamOutlined, role: 'admin' },
  ],
  routes: [
    { path: '/system/nodes', page: lazyPage(() => import('./nodes-page.tsx'), 'NodesPage') },
    { path: '/system/activity', page: lazyPage(() => import('./activity-page.tsx'), 'ActivityPage') },
    { path: '/system/users', page: lazyPage(() => import('./users-page.tsx'), 'UsersPage') },
    { path: '/account', page: lazyPage(() => import('./account-page.tsx'), 'AccountPage') },
    { path: '/quotas', page: lazyPage(() => import('./quotas-page.tsx'), 'QuotasPage') },
  ],
};
