import { Link } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from './messages.ts';
import { Page } from './page.tsx';

export function NotFoundPage() {
  const t = useMessages(shellMessages).notFound;
  return (
    <Page title={t.title}>
      <p>{t.text}</p>
      <Link to="/lbs">{t.back}</Link>
    </Page>
  );
}
