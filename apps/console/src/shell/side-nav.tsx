import { NavList } from './nav-list.tsx';

/** The navigation of wide screens. */
export function SideNav() {
  return (
    <div className="side-nav">
      <NavList />
    </div>
  );
}
