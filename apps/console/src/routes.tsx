import { Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { areas } from './areas.ts';
import { lazyPage } from './shell/area.ts';
import { LoadingPage } from './shell/loading-page.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { Shell } from './shell/shell.tsx';

const LoginPage = lazyPage(() => import('./login/login-page.tsx'), 'LoginPage');

/** The login, and behind it every page of every area inside the shell. */
export function AppRoutes() {
  return (
    <Routes>
      <Route
        path="/login"
        element={
          <Suspense fallback={<LoadingPage />}>
            <LoginPage />
          </Suspense>
        }
      />
      <Route element={<Shell />}>
        <Route index element={<Navigate to="/overview" replace />} />
        {areas
          .flatMap(({ routes }) => routes)
          .map(({ path, page: Page }) => (
            <Route key={path} path={path} element={<Page />} />
          ))}
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}
