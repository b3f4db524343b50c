import type { IpGroupWire } from '@elbow/api';
import { DeleteOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { InlineText } from '../fields/inline-text.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { PagedTable, type Selection } from '../shell/paged-table.tsx';
import type { PagedColumn, PagedColumns } from '../shell/sortable-columns.tsx';
import type { PagedList } from '../shell/use-paged-list.ts';
import type { Entry } from './entries-text.ts';
import { ipGroupMessages } from './messages.ts';
import { useIpGroupChange } from './use-ip-group-change.ts';

/** An entry as a row; it has no id but its address. */
export interface EntryRow extends Entry {
  readonly id: string;
  readonly name: string;
}

export interface AddressTableProps {
  readonly of: IpGroupWire;
  readonly list: PagedList<EntryRow>;
  /** Absent: nothing can be changed. */
  readonly selection?: Selection<EntryRow>;
  readonly onRemove: (ip: string) => void;
}

export function AddressTable({ of, list, selection, onRemove }: AddressTableProps) {
  const { addresses: t } = useMessages(ipGroupMessages);
  const change = useIpGroupChange(of);
  const saveRemark = (ip: string) => (description: string) =>
    change.run({
      ip_list: of.ip_list.map((entry) => (entry.ip === ip ? { ip, description } : entry)),
    });
  const columns: PagedColumns<EntryRow> = [
    { title: t.address, key: 'ip', sortBy: 'ip', render: (_, { ip }) => <code>{ip}</code> },
    {
      title: t.remark,
      key: 'remark',
      sortBy: 'description',
      render: (_, { ip, description }) => (
        <InlineText
          label={t.editRemark(ip)}
          value={description}
          onOpen={change.begin}
          onSave={saveRemark(ip)}
        />
      ),
    },
  ];
  const remove: PagedColumn<EntryRow> = {
    title: t.operations,
    key: 'operations',
    width: 110,
    render: (_, { ip }) => (
      <Button
        type="text"
        size="small"
        icon={<DeleteOutlined />}
        aria-label={t.removeNamed(ip)}
        onClick={() => onRemove(ip)}
      />
    ),
  };
  return (
    <>
      <PagedTable
        className="scroll-table"
        list={list}
        columns={selection === undefined ? columns : [...columns, remove]}
        {...(selection === undefined ? {} : { selection })}
      />
      {change.dialog}
    </>
  );
}
