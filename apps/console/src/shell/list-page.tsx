import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, Suspense, useState } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { EmptyState } from './empty-state.tsx';
import { FailurePanel } from './failure-panel.tsx';
import { LoadingPage } from './loading-page.tsx';
import { Page } from './page.tsx';
import type { PagedList } from './use-paged-list.ts';

export interface ListPageProps {
  readonly texts: {
    readonly title: string;
    readonly intro: string;
    readonly empty: { readonly title: string; readonly text: string };
  };
  readonly list: PagedList<unknown>;
  /** Of the button that opens the drawer. */
  readonly createLabel: string;
  /** Where one more is made; it may be loaded only then. */
  readonly renderDrawer: (onClose: () => void) => ReactNode;
  /** Once there is at least one. */
  readonly children: ReactNode;
}

/** The page of a list: loading, failed, empty, or its rows; and the button to make one more. */
export function ListPage({ texts, list, createLabel, renderDrawer, children }: ListPageProps) {
  const [isCreating, setCreating] = useState(false);
  const canEdit = useCanEdit();
  const button = canEdit ? (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {createLabel}
    </Button>
  ) : null;
  return (
    <Page title={texts.title} intro={texts.intro} actions={list.isEmpty ? null : button}>
      <ListBody list={list} empty={<EmptyState {...texts.empty} action={button} />}>
        {children}
      </ListBody>
      {isCreating && <Suspense>{renderDrawer(() => setCreating(false))}</Suspense>}
    </Page>
  );
}

export interface ListBodyProps extends Pick<ListPageProps, 'list' | 'children'> {
  /** Instead of a list that has nothing. */
  readonly empty: ReactNode;
}

/** A list as far as it is known. */
export function ListBody({ list, empty, children }: ListBodyProps) {
  return (
    <>
      {list.error !== null && <FailurePanel error={list.error} onRetry={list.refetch} />}
      {list.rows === undefined && list.error === null && <LoadingPage />}
      {list.isEmpty && empty}
      {list.rows !== undefined && !list.isEmpty && children}
    </>
  );
}
