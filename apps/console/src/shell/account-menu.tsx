import { KeyOutlined, LogoutOutlined, PieChartOutlined, UserOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { Link } from 'react-router';
import { logOut } from '../api/log-in.ts';
import { sessionStore } from '../api/session.ts';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { FailureText } from './failure-panel.tsx';
import { shellMessages } from './messages.ts';
import { useStore } from './store.ts';

export function AccountMenu() {
  const t = useMessages(shellMessages);
  const name = useStore(sessionStore)?.userName ?? '';
  const canEdit = useCanEdit();
  const title = canEdit ? name : `${name} (${t.readOnly})`;
  const { notification } = App.useApp();
  const leave = (): Promise<void> =>
    logOut().catch((error: unknown) =>
      notification.error({
        title: t.stillLoggedIn,
        description: <FailureText error={error} />,
        role: 'alert',
      }),
    );
  const items = [
    { key: 'name', label: title, disabled: true },
    { type: 'divider' as const },
    { key: 'own', label: <Link to="/account">{t.ownAccount}</Link>, icon: <KeyOutlined /> },
    { key: 'quotas', label: <Link to="/quotas">{t.nav.quotas}</Link>, icon: <PieChartOutlined /> },
    { type: 'divider' as const },
    { key: 'out', label: t.logOut, icon: <LogoutOutlined />, onClick: () => void leave() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text" icon={<UserOutlined />} aria-label={`${t.account}: ${title}`}>
        <span className="account-name">{name}</span>
      </Button>
    </Dropdown>
  );
}
