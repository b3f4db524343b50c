import { NavLink, useLocation } from 'react-router';
import { areas } from '../areas.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { NavEntry } from './area.ts';
import { shellMessages } from './messages.ts';

const entries = areas.flatMap(({ nav = [] }) => nav);

export interface NavListProps {
  readonly onNavigate?: () => void;
}

/** The entries of every area, for the column of wide screens and the drawer of narrow ones. */
export function NavList({ onNavigate }: NavListProps) {
  const t = useMessages(shellMessages);
  return (
    <nav aria-label={t.navigation}>
      <ul className="nav-list">
        {entries.map((entry) => (
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
