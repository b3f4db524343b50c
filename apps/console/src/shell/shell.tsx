import { lazy, Suspense, useState } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { LoadingPage } from './loading-page.tsx';
import { shellMessages } from './messages.ts';
import { NobodyAnswers } from './nobody-answers.tsx';
import { SessionNotice } from './session-notice.tsx';
import { SideNav } from './side-nav.tsx';
import { TopBar } from './top-bar.tsx';
import { useSession, useSessionWatch } from './use-session.ts';
import './shell.css';

const NavDrawer = lazy(async () => ({ default: (await import('./nav-drawer.tsx')).NavDrawer }));

/** The frame around every page. Who is not logged in is sent to the login and comes back to the same address. */
export function Shell() {
  const { session, phase } = useSession();
  const { pathname, search } = useLocation();
  if (phase === 'away') return <NobodyAnswers />;
  if (phase === 'asking') return <LoadingPage />;
  if (session === null) return <Navigate to="/login" replace state={{ from: pathname + search }} />;
  return <Frame />;
}

function Frame() {
  const t = useMessages(shellMessages);
  const [isNavOpen, setNavOpen] = useState(false);
  const { pathname } = useLocation();
  useSessionWatch();
  return (
    <div className="frame">
      <a className="skip-link" href="#content">
        {t.skip}
      </a>
      <TopBar onMenu={() => setNavOpen(true)} />
      <SideNav />
      {isNavOpen && (
        <Suspense>
          <NavDrawer onClose={() => setNavOpen(false)} />
        </Suspense>
      )}
      <main id="content" className="content" tabIndex={-1}>
        <SessionNotice />
        <ErrorBoundary place={pathname}>
          <Suspense fallback={<LoadingPage />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </main>
    </div>
  );
}
