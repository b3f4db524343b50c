import { LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { logOut } from '../api/log-in.ts';
import { sessionStore } from '../api/session.ts';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from './messages.ts';
import { useStore } from './store.ts';

export function AccountMenu() {
  const t = useMessages(shellMessages);
  const name = useStore(sessionStore)?.userName ?? '';
  const canEdit = useCanEdit();
  const title = canEdit ? name : `${name} (${t.readOnly})`;
  const items = [
    { key: 'name', label: title, disabled: true },
    { type: 'divider' as const },
    { key: 'out', label: t.logOut, icon: <LogoutOutlined />, onClick: logOut },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text" icon={<UserOutlined />} aria-label={`${t.account}: ${title}`}>
        <span className="account-name">{name}</span>
      </Button>
    </Dropdown>
  );
}
