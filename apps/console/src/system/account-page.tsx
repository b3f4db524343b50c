import { useQuery } from '@tanstack/react-query';
import { useMessages } from '../i18n/use-messages.ts';
import { CopyableId } from '../shell/copyable-id.tsx';
import { Facts } from '../shell/facts.tsx';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { Page } from '../shell/page.tsx';
import { ownKeyCalls } from './key-calls.ts';
import { KeysPanel } from './keys-panel.tsx';
import { systemMessages } from './messages.ts';
import { PasswordForm } from './password-form.tsx';
import { me } from './queries.ts';
import './system.css';

/** Whoever is logged in: role, password and keys. */
export function AccountPage() {
  const { account: t, keys, users } = useMessages(systemMessages);
  const found = useQuery(me);
  return (
    <Page title={t.title}>
      {found.isError && <FailurePanel error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <LoadingPage />}
      {found.data !== undefined && (
        <>
          <Facts
            items={[
              { label: t.name, value: found.data.name },
              { label: t.role, value: users.roles[found.data.role] },
              { label: t.project, value: <CopyableId id={found.data.project_id} /> },
              { label: t.address, value: <code>{found.data.address}</code> },
            ]}
          />
          <h2 className="section-title">{t.passwordTitle}</h2>
          <PasswordForm userName={found.data.name} />
          <h2 className="section-title">{keys.title}</h2>
          <div className="sys-own-keys">
            <KeysPanel keys={found.data.keys} calls={ownKeyCalls} />
          </div>
        </>
      )}
    </Page>
  );
}
