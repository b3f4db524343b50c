import type { ReactNode } from 'react';
import { ListToolbar } from './list-toolbar.tsx';
import type { PagedList } from './use-paged-list.ts';

export interface PagedToolbarProps {
  readonly list: PagedList<unknown>;
  /** What can be searched for. */
  readonly placeholder: string;
  /** Filters and buttons between search and count. */
  readonly children?: ReactNode;
}

/** The toolbar of a list that the server looks through. */
export function PagedToolbar({ list, placeholder, children }: PagedToolbarProps) {
  return (
    <ListToolbar
      search={list.search}
      onSearch={list.setSearch}
      placeholder={placeholder}
      shown={list.total}
      all={list.total}
      isFetching={list.isFetching}
      onRefresh={list.refetch}
    >
      {children}
    </ListToolbar>
  );
}
