import { PlusOutlined } from '@ant-design/icons';
import { Button, Tabs } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { Page } from '../shell/page.tsx';
import { ComparePolicies } from './compare-policies.tsx';
import { CustomPolicies } from './custom-policies.tsx';
import { DefaultPolicies } from './default-policies.tsx';
import { securityPolicyMessages } from './messages.ts';
import './security-policies.css';

const CreateDrawer = lazy(async () => ({
  default: (await import('./security-policy-drawer.tsx')).SecurityPolicyDrawer,
}));

export function SecurityPoliciesPage() {
  const t = useMessages(securityPolicyMessages);
  const { tab = 'default' } = useParams();
  const navigate = useNavigate();
  const canEdit = useCanEdit();
  const [isCreating, setCreating] = useState(false);
  const button = canEdit ? (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t.create}
    </Button>
  ) : null;
  const items = [
    { key: 'default', label: t.tabs.default, children: <DefaultPolicies /> },
    { key: 'custom', label: t.tabs.custom, children: <CustomPolicies /> },
    { key: 'compare', label: t.tabs.compare, children: <ComparePolicies /> },
  ];
  const created = (): void => {
    setCreating(false);
    void navigate('/tls-policies/custom');
  };
  return (
    <Page title={t.title} intro={t.intro} actions={button}>
      <Tabs
        activeKey={tab}
        items={items}
        destroyOnHidden
        onChange={(key) => void navigate(`/tls-policies/${key}`)}
      />
      {isCreating && (
        <Suspense>
          <CreateDrawer onClose={() => setCreating(false)} onCreated={created} />
        </Suspense>
      )}
    </Page>
  );
}
