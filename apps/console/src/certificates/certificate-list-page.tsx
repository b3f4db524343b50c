import { useQuery } from '@tanstack/react-query';
import { lazy } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { certificateList } from '../load-balancers/listener-queries.ts';
import { ListPage } from '../shell/list-page.tsx';
import { CertificateFound } from './certificate-found.tsx';
import { certificateMessages } from './messages.ts';

const CreateDrawer = lazy(async () => ({
  default: (await import('./certificate-drawer.tsx')).CertificateDrawer,
}));

export function CertificateListPage() {
  const t = useMessages(certificateMessages);
  return (
    <ListPage
      texts={t}
      list={useQuery(certificateList)}
      createLabel={t.add}
      renderDrawer={(onClose) => <CreateDrawer onClose={onClose} onCreated={onClose} />}
    >
      {(found) => <CertificateFound {...found} />}
    </ListPage>
  );
}
