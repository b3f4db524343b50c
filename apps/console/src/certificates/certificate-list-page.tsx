import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { certificateList } from '../load-balancers/listener-queries.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { Page } from '../shell/page.tsx';
import { CertificateFound } from './certificate-found.tsx';
import { certificateMessages } from './messages.ts';

const CreateDrawer = lazy(async () => ({
  default: (await import('./certificate-drawer.tsx')).CertificateDrawer,
}));

export function CertificateListPage() {
  const t = useMessages(certificateMessages);
  const [isCreating, setCreating] = useState(false);
  const canEdit = useCanEdit();
  const list = useQuery(certificateList);
  const isEmpty = list.data?.length === 0;
  const close = (): void => setCreating(false);
  const button = canEdit ? (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t.add}
    </Button>
  ) : null;
  return (
    <Page title={t.title} intro={t.intro} actions={isEmpty ? null : button}>
      {list.isError && <FailurePanel error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <LoadingPage />}
      {isEmpty && <EmptyState {...t.empty} action={button} />}
      {list.data !== undefined && !isEmpty && (
        <CertificateFound
          all={list.data}
          isFetching={list.isFetching}
          onRefresh={() => void list.refetch()}
        />
      )}
      {isCreating && (
        <Suspense>
          <CreateDrawer onClose={close} onCreated={close} />
        </Suspense>
      )}
    </Page>
  );
}
