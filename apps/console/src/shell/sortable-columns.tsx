import type { TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { SortState } from './use-sort.ts';

/** A column of a list; one with `sortBy` has a heading that puts the list in order. */
export type PagedColumn<Row> = TableColumnsType<Row>[number] & {
  /** What the list is asked to be put in order by: `name`. */
  readonly sortBy?: string;
};

export type PagedColumns<Row> = readonly PagedColumn<Row>[];

/** Columns for the table, with buttons in the headings of those that the list can be put in order by. */
export function sortableColumns<Row>(columns: PagedColumns<Row>, sort: SortState): TableColumnsType<Row> {
  return columns.map(({ sortBy, ...column }) =>
    sortBy === undefined
      ? column
      : {
          ...column,
          title: (
            <SortButton sort={sort} by={sortBy}>
              {column.title as ReactNode}
            </SortButton>
          ),
          onHeaderCell: () => ({ 'aria-sort': directionOf(sort, sortBy) }),
        },
  );
}

function directionOf({ by, isDescending }: SortState, name: string) {
  if (by !== name) return 'none';
  return isDescending ? 'descending' : 'ascending';
}

interface SortButtonProps {
  readonly sort: SortState;
  readonly by: string;
  readonly children: ReactNode;
}

/** Smallest first, then largest first, then as the list comes by itself. */
function SortButton({ sort, by, children }: SortButtonProps) {
  return (
    <button type="button" className="sort-button" onClick={() => sort.turn(by)}>
      {children}
      <span className={`sort-mark sort-mark-${directionOf(sort, by)}`} aria-hidden="true" />
    </button>
  );
}
