import { lazy } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { ListPage } from '../shell/list-page.tsx';
import { usePagedList } from '../shell/use-paged-list.ts';
import { useUrlValue } from '../shell/use-search.ts';
import { CertificateFound } from './certificate-found.tsx';
import { certificateMessages } from './messages.ts';
import { certificatePages } from './queries.ts';

const CreateDrawer = lazy(async () => ({
  default: (await import('./certificate-drawer.tsx')).CertificateDrawer,
}));

export function CertificateListPage() {
  const t = useMessages(certificateMessages);
  const [type] = useUrlValue('type');
  const [state] = useUrlValue('state');
  const list = usePagedList({ ...certificatePages, filters: { type, state } });
  return (
    <ListPage
      texts={t}
      list={list}
      createLabel={t.add}
      renderDrawer={(onClose) => <CreateDrawer onClose={onClose} onCreated={onClose} />}
    >
      <CertificateFound list={list} />
    </ListPage>
  );
}
