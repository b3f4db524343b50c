import type { CertificateWire } from '@elbow/api';
import { useMemo } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { PagedTable, type Selection } from '../shell/paged-table.tsx';
import type { PagedColumns } from '../shell/sortable-columns.tsx';
import type { PagedList } from '../shell/use-paged-list.ts';
import {
  certificateName,
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
  readonly list: PagedList<CertificateWire>;
  /** Absent: rows cannot be selected. */
  readonly selection?: Selection<CertificateWire>;
  readonly uses: ReadonlyMap<string, readonly CertificateUse[]>;
  readonly onAction: (action: CertificateAction, of: CertificateWire) => void;
}

type Columns = PagedColumns<CertificateWire>;

export function CertificateTable({ list, selection, uses, onAction }: CertificateTableProps) {
  const t = useMessages(certificateMessages);
  const columns = useMemo(() => [...factColumns(t), ...useColumns(t, uses, onAction)], [t, uses, onAction]);
  return (
    <PagedTable
      list={list}
      columns={columns}
      minWidth="max-content"
      nameOf={certificateName}
      {...(selection === undefined ? {} : { selection })}
    />
  );
}

function factColumns({ columns: t, type, source }: CertificateMessages): Columns {
  return [
    {
      title: t.name,
      key: 'name',
      sortBy: 'name',
      render: (_, row) => <CertificateNameCell of={row} />,
    },
    {
      title: t.type,
      key: 'type',
      sortBy: 'type',
      responsive: ['sm'],
      render: (_, row) => type[row.type],
    },
    { title: t.domains, key: 'domains', responsive: ['sm'], render: (_, row) => <DomainsCell of={row} /> },
    { title: t.key, key: 'key', responsive: ['md'], render: (_, row) => <KeyTypeCell of={row} /> },
    {
      title: t.expires,
      key: 'expires',
      sortBy: 'expire_time',
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
