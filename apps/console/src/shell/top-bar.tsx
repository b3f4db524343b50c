import { MenuOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { AccountMenu } from './account-menu.tsx';
import { HealthBadge } from './health-badge.tsx';
import { LanguageMenu } from './language-menu.tsx';
import { Logo } from './logo.tsx';
import { shellMessages } from './messages.ts';
import { ThemeMenu } from './theme-menu.tsx';

/** The bar above every page: where this is, whether workers are up to date, language, appearance, account. */
export function TopBar({ onMenu }: { readonly onMenu: () => void }) {
  const t = useMessages(shellMessages);
  return (
    <header className="top-bar">
      <Button
        className="top-bar-menu"
        type="text"
        icon={<MenuOutlined />}
        aria-label={t.openMenu}
        onClick={onMenu}
      />
      <Link to="/lbs" className="brand">
        <Logo />
        <span>{t.product}</span>
      </Link>
      <span className="top-bar-space" />
      <Link to="/quotas" className="top-bar-link">
        {t.nav.quotas}
      </Link>
      <HealthBadge />
      <LanguageMenu />
      <ThemeMenu />
      <AccountMenu />
    </header>
  );
}
