import { Navigate, Route, Routes } from 'react-router';
import { areas } from './areas.ts';
import { LoginPage } from './login/login-page.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { Shell } from './shell/shell.tsx';

/** The login, and behind it every page of every area inside the shell. */
export function AppRoutes() {
  return (
    <Routes>
      <Route path="/login" element={<LoginPage />} />
      <Route element={<Shell />}>
        <Route index element={<Navigate to="/lbs" replace />} />
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
