import type { SecurityPolicyWire } from '@elbow/api';
import { Button } from 'antd';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { ListenerLinks } from '../ip-groups/listener-links.tsx';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { shellMessages } from '../shell/messages.ts';
import { PagedTable, type Selection } from '../shell/paged-table.tsx';
import type { PagedColumns } from '../shell/sortable-columns.tsx';
import type { PagedList } from '../shell/use-paged-list.ts';
import { type SecurityPolicyMessages, securityPolicyMessages } from './messages.ts';
import { suiteExpansion } from './suite-list.tsx';
import { versionName, versions } from './suites.ts';
import { VersionMark } from './version-mark.tsx';

export type PolicyAction = 'modify' | 'delete';

export interface CustomPolicyTableProps {
  readonly list: PagedList<SecurityPolicyWire>;
  /** Absent: rows cannot be selected. */
  readonly selection?: Selection<SecurityPolicyWire>;
  readonly onAction: (action: PolicyAction, of: SecurityPolicyWire) => void;
}

export function CustomPolicyTable({ list, selection, onAction }: CustomPolicyTableProps) {
  const t = useMessages(securityPolicyMessages);
  return (
    <PagedTable
      className="scroll-table"
      list={list}
      columns={columnsOf(t, onAction)}
      expandable={suiteExpansion}
      {...(selection === undefined ? {} : { selection })}
    />
  );
}

function columnsOf(
  { columns: t }: SecurityPolicyMessages,
  onAction: CustomPolicyTableProps['onAction'],
): PagedColumns<SecurityPolicyWire> {
  return [
    {
      title: t.nameId,
      key: 'name',
      sortBy: 'name',
      render: (_, row) => (
        <>
          <span className="cell-main">{nameOf(row)}</span>
          {row.description !== '' && <span className="cell-sub">{row.description}</span>}
        </>
      ),
    },
    ...versions.map((version) => ({
      title: versionName(version),
      key: version,
      align: 'center' as const,
      responsive: ['sm' as const],
      render: (_: unknown, { protocols }: SecurityPolicyWire) => <VersionMark {...{ version, protocols }} />,
    })),
    { title: t.suites, key: 'suites', align: 'right', render: (_, { ciphers }) => ciphers.length },
    { title: t.listeners, key: 'listeners', render: (_, { listeners }) => <ListenerLinks ids={listeners} /> },
    {
      title: t.operations,
      key: 'operations',
      render: (_, row) => <Operations of={row} onAction={onAction} />,
    },
  ];
}

interface OperationsProps {
  readonly of: SecurityPolicyWire;
  readonly onAction: CustomPolicyTableProps['onAction'];
}

function Operations({ of, onAction }: OperationsProps) {
  const t = useMessages(securityPolicyMessages);
  const { actions } = useMessages(shellMessages);
  if (!useCanEdit()) return null;
  return (
    <span className="operations">
      <Button
        type="link"
        size="small"
        onClick={() => onAction('modify', of)}
        aria-label={t.modifyNamed(nameOf(of))}
      >
        {t.modify}
      </Button>
      <Button
        type="link"
        size="small"
        onClick={() => onAction('delete', of)}
        aria-label={`${actions.delete} ${nameOf(of)}`}
      >
        {actions.delete}
      </Button>
    </span>
  );
}
