import { SafetyCertificateOutlined } from '@ant-design/icons';
import { type Area, lazyPage } from '../shell/area.ts';

export const certificatesArea: Area = {
  nav: [{ path: '/certificates', label: 'certificates', icon: SafetyCertificateOutlined }],
  routes: [
    {
      path: '/certificates',
      page: lazyPage(() => import('./certificate-list-page.tsx'), 'CertificateListPage'),
    },
  ],
};
