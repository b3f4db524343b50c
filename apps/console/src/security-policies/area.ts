import { LockOutlined } from '@ant-design/icons';
import { type Area, lazyPage } from '../shell/area.ts';

export const securityPoliciesArea: Area = {
  nav: [{ path: '/tls-policies', label: 'securityPolicies', icon: LockOutlined }],
  routes: [
    {
      path: '/tls-policies/:tab?',
      page: lazyPage(() => import('./security-policies-page.tsx'), 'SecurityPoliciesPage'),
    },
  ],
};
