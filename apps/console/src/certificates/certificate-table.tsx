import type { CertificateWire } from '@elbow/api';
import { Table, type TableColumnsType } from 'antd';
import { useMemo } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import {
  CertificateNameCell,
  DomainsCell,
  ExpiryCell,
  KeyTypeCell,
  UsedByCell,
} from './certificate-cells.tsx';
import { CertificateOperations, type CertificateAction } from './certificate-operations.tsx';
import type { CertificateUse } from './certificate-uses.ts';
import { type CertificateMessages, certificateMessages } from './messages.ts';

export interface CertificateTableProps {
  readonly rows: readonly CertificateWire[];
  readonly uses: ReadonlyMap<string, readonly CertificateUse[]>;
  readonly onAction: (action: CertificateAction, of: CertificateWire) => void;
}

type Columns = TableColumnsType<CertificateWire>;

export function CertificateTable({ rows, uses, onAction }: CertificateTableProps) {
  const t = useMessages(certificateMessages);
  const columns = useMemo(() => [...factColumns(t), ...useColumns(t, uses, onAction)], [t, uses, onAction]);
  return (
    <Table
      rowKey="id"
      size="middle"
      columns={columns}
      dataSource={rows}
      scroll={{ x: 'max-content' }}
      pagination={{ defaultPageSize: 20, showSizeChanger: true, hideOnSinglePage: rows.length <= 20 }}
    />
  );
}

function factColumns({ columns: t, type, source }: CertificateMessages): Columns {
  return [
    {
      title: t.name,
      key: 'name',
      sorter: (a, b) => (a.name || a.common_name).localeCompare(b.name || b.common_name),
      render: (_, row) => <CertificateNameCell of={row} />,
    },
    { title: t.type, key: 'type', responsive: ['sm'], render: (_, row) => type[row.type] },
    { title: t.domains, key: 'domains', responsive: ['sm'], render: (_, row) => <DomainsCell of={row} /> },
    { title: t.key, key: 'key', responsive: ['md'], render: (_, row) => <KeyTypeCell of={row} /> },
    {
      title: t.expires,
      key: 'expires',
      sorter: (a, b) => a.expire_time.localeCompare(b.expire_time),
      render: (_, row) => <ExpiryCell of={row} />,
    },
    {
      title: t.source,
      key: 'source',
      responsive: ['xl'],
      render: (_, row) => (row.source === null ? source.own : source.managed),
    },
  ];
}

function useColumns(
  { columns: t }: CertificateMessages,
  uses: CertificateTableProps['uses'],
  onAction: CertificateTableProps['onAction'],
): Columns {
  return [
    { title: t.listeners, key: 'listeners', render: (_, { id }) => <UsedByCell uses={uses.get(id) ?? []} /> },
    {
      title: t.operations,
      key: 'operations',
      render: (_, row) => (
        <CertificateOperations of={row} uses={uses.get(row.id) ?? []} onAction={onAction} />
      ),
    },
  ];
}
