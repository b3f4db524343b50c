import { GlobalOutlined } from '@ant-design/icons';
import { type Area, lazyPage } from '../shell/area.ts';

export const ipGroupsArea: Area = {
  nav: [{ path: '/ip-groups', label: 'ipGroups', icon: GlobalOutlined }],
  routes: [
    { path: '/ip-groups', page: lazyPage(() => import('./ip-group-list-page.tsx'), 'IpGroupListPage') },
    {
      path: '/ip-groups/:ipGroupId/:tab?',
      page: lazyPage(() => import('./ip-group-page.tsx'), 'IpGroupPage'),
    },
  ],
};
