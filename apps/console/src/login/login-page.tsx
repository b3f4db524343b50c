import { Navigate, useLocation } from 'react-router';
import { sessionStore } from '../api/session.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { LanguageMenu } from '../shell/language-menu.tsx';
import { Logo } from '../shell/logo.tsx';
import { shellMessages } from '../shell/messages.ts';
import { useStore } from '../shell/store.ts';
import { ThemeMenu } from '../shell/theme-menu.tsx';
import { usePageTitle } from '../shell/page.tsx';
import { LoginForm } from './login-form.tsx';
import { loginMessages } from './messages.ts';
import './login.css';

/** Asks who is there, and leads back to the page that asked for it. */
export function LoginPage() {
  const t = useMessages(loginMessages);
  const { product } = useMessages(shellMessages);
  const session = useStore(sessionStore);
  const from: unknown = useLocation().state?.from;
  usePageTitle(t.title);
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
        <LoginForm />
        <p className="login-hint">{t.hint}</p>
      </main>
    </div>
  );
}
