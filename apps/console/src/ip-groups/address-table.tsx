import type { IpGroupWire } from '@elbow/api';
import { DeleteOutlined } from '@ant-design/icons';
import { Button, Table, type TableColumnsType } from 'antd';
import { InlineText } from '../fields/inline-text.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import type { Entry } from './entries-text.ts';
import { ipGroupMessages } from './messages.ts';
import { useIpGroupChange } from './use-ip-group-change.ts';

export interface AddressTableProps {
  readonly of: IpGroupWire;
  readonly rows: readonly Entry[];
  /** Null: nothing can be changed. */
  readonly selected: readonly string[] | null;
  readonly onSelect: (ips: readonly string[]) => void;
  readonly onRemove: (ip: string) => void;
}

export function AddressTable({ of, rows, selected, onSelect, onRemove }: AddressTableProps) {
  const { addresses: t } = useMessages(ipGroupMessages);
  const change = useIpGroupChange(of);
  const saveRemark = (ip: string) => (description: string) => {
    const list = of.ip_list.map((entry) => (entry.ip === ip ? { ip, description } : entry));
    return change.run({ ip_list: list }).then((body) => body !== null);
  };
  const columns: TableColumnsType<Entry> = [
    {
      title: t.address,
      key: 'ip',
      sorter: (a, b) => a.ip.localeCompare(b.ip, 'en', { numeric: true }),
      render: (_, { ip }) => <code>{ip}</code>,
    },
    {
      title: t.remark,
      key: 'remark',
      render: (_, { ip, description }) => (
        <InlineText label={t.editRemark(ip)} value={description} onSave={saveRemark(ip)} />
      ),
    },
  ];
  const remove: TableColumnsType<Entry>[number] = {
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
    <Table
      className="scroll-table"
      rowKey="ip"
      size="middle"
      columns={selected === null ? columns : [...columns, remove]}
      dataSource={rows}
      pagination={{ defaultPageSize: 50, showSizeChanger: true, hideOnSinglePage: rows.length <= 50 }}
      {...(selected === null ? {} : { rowSelection: selectionOf(selected, onSelect) })}
    />
  );
}

function selectionOf(selected: readonly string[], onSelect: AddressTableProps['onSelect']) {
  return {
    selectedRowKeys: [...selected],
    onChange: (keys: readonly unknown[]) => onSelect(keys.map(String)),
    getCheckboxProps: ({ ip }: Entry) => ({ 'aria-label': ip }) as object,
  };
}
