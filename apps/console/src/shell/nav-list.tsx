import { NavLink, useLocation } from 'react-router';
import { sessionStore } from '../api/session.ts';
import { areas } from '../areas.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { NavEntry } from './area.ts';
import { shellMessages } from './messages.ts';
import { useStore } from './store.ts';

const entries = areas.flatMap(({ nav = [] }) => nav);

export interface NavListProps {
  readonly onNavigate?: () => void;
}

/** The entries of every area that the user may open, for the column of wide screens and the drawer of narrow ones. */
export function NavList({ onNavigate }: NavListProps) {
  const t = useMessages(shellMessages);
  const roles = useStore(sessionStore)?.roles ?? [];
  const shown = entries.filter(({ role }) => role === undefined || roles.includes(role));
  return (
    <nav aria-label={t.navigation}>
      <ul className="nav-list">
        {shown.map((entry) => (
          <li key={entry.path}>
            <NavItem entry={entry} label={t.nav[entry.label]} onNavigate={onNavigate} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface NavItemProps {
  readonly entry: NavEntry;
  readonly label: string;
  readonly onNavigate: (() => void) | undefined;
}

function NavItem({ entry, label, onNavigate }: NavItemProps) {
  const { pathname } = useLocation();
  const isHere = [entry.path, ...(entry.roots ?? [])].some(
    (root) => pathname === root || pathname.startsWith(`${root}/`),
  );
  const Icon = entry.icon;
  return (
    <NavLink
      to={entry.path}
      {...(onNavigate === undefined ? {} : { onClick: onNavigate })}
      className={isHere ? 'nav-item nav-item-here' : 'nav-item'}
      {...(isHere ? { 'aria-current': 'page' as const } : {})}
    >
      <Icon />
      <span>{label}</span>
    </NavLink>
  );
}
