import { Table, type TableColumnsType } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from './messages.ts';
import { Pager } from './pager.tsx';
import type { PagedList } from './use-paged-list.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface PagedTableProps<Row extends Named> {
  readonly list: PagedList<Row>;
  readonly columns: TableColumnsType<Row>;
  /** Width below which the table scrolls by itself, in pixels. */
  readonly minWidth?: number;
  /** Rows that something is to be done with, of any page; absent: rows cannot be selected. */
  readonly selection?: Selection<Row>;
}

export interface Selection<Row> {
  readonly rows: readonly Row[];
  readonly set: (rows: readonly Row[]) => void;
}

/** One page of a long list, with boxes to select rows and the ways to the other pages. */
export function PagedTable<Row extends Named>({ list, columns, minWidth, selection }: PagedTableProps<Row>) {
  const t = useMessages(shellMessages).list;
  return (
    <>
      <Table<Row>
        rowKey="id"
        size="middle"
        columns={columns}
        dataSource={list.rows ?? []}
        pagination={false}
        locale={{ emptyText: t.nothingFound }}
        {...(minWidth === undefined ? {} : { scroll: { x: minWidth } })}
        {...(selection === undefined ? {} : { rowSelection: selectionProps(selection, t) })}
      />
      <Pager list={list} />
    </>
  );
}

function selectionProps<Row extends Named>({ rows, set }: Selection<Row>, t: SelectionMessages) {
  return {
    preserveSelectedRowKeys: true,
    selectedRowKeys: rows.map(({ id }) => id),
    columnWidth: 40,
    onChange: (_keys: readonly unknown[], selected: Row[]) =>
      set(selected.filter((row) => row !== undefined)),
    getTitleCheckboxProps: () => ({ 'aria-label': t.selectPage }),
    getCheckboxProps: ({ id, name }: Row) => ({ 'aria-label': t.select(name === '' ? id : name) }),
  };
}

interface SelectionMessages {
  readonly selectPage: string;
  readonly select: (name: string) => string;
}
