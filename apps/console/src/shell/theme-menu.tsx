import { DesktopOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from './messages.ts';
import { useStore } from './store.ts';
import { chooseTheme, themeChoices, themeStore } from './theme.ts';

const icons = { system: <DesktopOutlined />, light: <SunOutlined />, dark: <MoonOutlined /> } as const;

export function ThemeMenu() {
  const t = useMessages(shellMessages);
  const current = useStore(themeStore);
  const items = themeChoices.map((choice) => ({
    key: choice,
    label: t.theme[choice],
    icon: icons[choice],
    onClick: () => chooseTheme(choice),
  }));
  return (
    <Dropdown menu={{ items, selectable: true, selectedKeys: [current] }} trigger={['click']}>
      <Button type="text" icon={icons[current]} aria-label={`${t.theme.label}: ${t.theme[current]}`} />
    </Dropdown>
  );
}
