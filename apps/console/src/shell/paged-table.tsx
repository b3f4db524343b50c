import { Table, type TableProps } from 'antd';
import { useMemo } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { type Named, nameOrId } from './named.ts';
import { shellMessages } from './messages.ts';
import { Pager } from './pager.tsx';
import { type PagedColumns, sortableColumns } from './sortable-columns.tsx';
import type { PagedList } from './use-paged-list.ts';

export interface PagedTableProps<Row extends Named> {
  readonly list: PagedList<Row>;
  readonly columns: PagedColumns<Row>;
  /** Width below which the table scrolls by itself, in pixels. */
  readonly minWidth?: number | 'max-content';
  readonly className?: string;
  readonly expandable?: NonNullable<TableProps<Row>['expandable']>;
  /** What a row is called that has no name. */
  readonly nameOf?: (row: Row) => string;
  /** Rows that something is to be done with, of any page; absent: rows cannot be selected. */
  readonly selection?: Selection<Row>;
}

export interface Selection<Row> {
  readonly rows: readonly Row[];
  readonly set: (rows: readonly Row[]) => void;
}

/** One page of a long list, with headings that sort it, boxes to select rows and the ways to the other pages. */
export function PagedTable<Row extends Named>(props: PagedTableProps<Row>) {
  const { list, columns, minWidth, selection, className, expandable, nameOf = nameOrId } = props;
  const t = useMessages(shellMessages).list;
  const { sort } = list;
  const sortable = useMemo(() => sortableColumns(columns, sort), [columns, sort]);
  return (
    <>
      <Table<Row>
        rowKey="id"
        size="middle"
        columns={sortable}
        dataSource={list.rows ?? []}
        pagination={false}
        locale={{ emptyText: <span className="table-none">{t.nothingFound}</span> }}
        {...(minWidth === undefined ? {} : { scroll: { x: minWidth } })}
        {...(className === undefined ? {} : { className })}
        {...(expandable === undefined ? {} : { expandable })}
        {...(selection === undefined
          ? {}
          : { rowSelection: selectionProps(selection, (row) => t.select(nameOf(row)), t.selectPage) })}
      />
      <Pager list={list} />
    </>
  );
}

function selectionProps<Row extends Named>(
  { rows, set }: Selection<Row>,
  label: (row: Row) => string,
  pageLabel: string,
) {
  return {
    preserveSelectedRowKeys: true,
    selectedRowKeys: rows.map(({ id }) => id),
    columnWidth: 40,
    onChange: (_keys: readonly unknown[], selected: Row[]) =>
      set(selected.filter((row) => row !== undefined)),
    getTitleCheckboxProps: () => ({ 'aria-label': pageLabel }),
    getCheckboxProps: (row: Row) => ({ 'aria-label': label(row) }),
  };
}
