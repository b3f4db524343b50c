import { Navigate, useLocation } from 'react-router';
import { Alert } from 'antd';
import { endedStore } from '../api/session.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { LanguageMenu } from '../shell/language-menu.tsx';
import { Logo } from '../shell/logo.tsx';
import { shellMessages } from '../shell/messages.ts';
import { useStore } from '../shell/store.ts';
import { LoadingPage } from '../shell/loading-page.tsx';
import { ThemeMenu } from '../shell/theme-menu.tsx';
import { usePageTitle } from '../shell/page.tsx';
import { useSession } from '../shell/use-session.ts';
import { LoginForm } from './login-form.tsx';
import { loginMessages } from './messages.ts';
import './login.css';

/** Asks who is there, and leads back to the page that asked for it. */
export function LoginPage() {
  const t = useMessages(loginMessages);
  const { product } = useMessages(shellMessages);
  const { session, phase } = useSession();
  const hasEnded = useStore(endedStore);
  const from: unknown = useLocation().state?.from;
  usePageTitle(t.title);
  if (phase === 'asking') return <LoadingPage />;
  if (session !== null) return <Navigate to={typeof from === 'string' ? from : '/lbs'} replace />;
  return (
    <div className="login">
      <div className="login-tools">
        <LanguageMenu />
        <ThemeMenu />
      </div>
      <main className="login-card">
        <div className="login-brand">
          <Logo />
          <span>{product}</span>
        </div>
        <h1>{t.title}</h1>
        {hasEnded && <Alert role="status" type="info" showIcon className="login-problem" title={t.ended} />}
        <LoginForm />
        <p className="login-hint">{t.hint}</p>
      </main>
    </div>
  );
}
