import { PlusOutlined } from '@ant-design/icons';
import type { UseQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, Suspense, useState } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { EmptyState } from './empty-state.tsx';
import { FailurePanel } from './failure-panel.tsx';
import { LoadingPage } from './loading-page.tsx';
import { Page } from './page.tsx';

/** What the rows of a list page get. */
export interface FoundRows<Row> {
  readonly all: readonly Row[];
  readonly isFetching: boolean;
  readonly onRefresh: () => void;
}

export interface ListPageProps<Row> {
  readonly texts: {
    readonly title: string;
    readonly intro: string;
    readonly empty: { readonly title: string; readonly text: string };
  };
  readonly list: UseQueryResult<readonly Row[]>;
  /** Of the button that opens the drawer. */
  readonly createLabel: string;
  /** Where one more is made; it may be loaded only then. */
  readonly renderDrawer: (onClose: () => void) => ReactNode;
  /** Once there is at least one. */
  readonly children: (found: FoundRows<Row>) => ReactNode;
}

/** The page of a whole list: loading, failed, empty, or its rows; and the button to make one more. */
export function ListPage<Row>({ texts, list, createLabel, renderDrawer, children }: ListPageProps<Row>) {
  const [isCreating, setCreating] = useState(false);
  const canEdit = useCanEdit();
  const { data, isFetching } = list;
  const onRefresh = (): void => void list.refetch();
  const isEmpty = data?.length === 0;
  const button = canEdit ? (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {createLabel}
    </Button>
  ) : null;
  return (
    <Page title={texts.title} intro={texts.intro} actions={isEmpty ? null : button}>
      {list.isError && <FailurePanel error={list.error} onRetry={onRefresh} />}
      {list.isPending && <LoadingPage />}
      {isEmpty && <EmptyState {...texts.empty} action={button} />}
      {data !== undefined && !isEmpty && children({ all: data, isFetching, onRefresh })}
      {isCreating && <Suspense>{renderDrawer(() => setCreating(false))}</Suspense>}
    </Page>
  );
}
