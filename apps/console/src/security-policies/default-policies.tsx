import { defaultSecurityPolicy } from '@elbow/model';
import { StarFilled } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Table, type TableColumnsType, Tag } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { ListenerLinks } from '../ip-groups/listener-links.tsx';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { type SecurityPolicyMessages, securityPolicyMessages } from './messages.ts';
import { listenersOfPolicy, systemPolicyList, type TlsPolicy } from './queries.ts';
import { suiteExpansion } from './suite-list.tsx';
import { versionName, versions } from './suites.ts';
import { VersionMark } from './version-mark.tsx';

const recommended = 'tls-1-2-fs-with-1-3';

/** The built-in policies, to look at. */
export function DefaultPolicies() {
  const t = useMessages(securityPolicyMessages);
  const found = useQuery(systemPolicyList);
  if (found.isError) return <FailurePanel error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <LoadingPage />;
  return (
    <Table
      className="scroll-table"
      rowKey="id"
      size="middle"
      columns={columnsOf(t)}
      dataSource={found.data}
      pagination={false}
      expandable={suiteExpansion}
    />
  );
}

function columnsOf(t: SecurityPolicyMessages): TableColumnsType<TlsPolicy> {
  return [
    { title: t.columns.name, key: 'name', render: (_, { name }) => <PolicyName name={name} /> },
    ...versions.map((version) => ({
      title: versionName(version),
      key: version,
      align: 'center' as const,
      render: (_: unknown, { protocols }: TlsPolicy) => <VersionMark {...{ version, protocols }} />,
    })),
    { title: t.columns.suites, key: 'suites', align: 'right', render: (_, { ciphers }) => ciphers.length },
    {
      title: t.columns.listeners,
      key: 'listeners',
      responsive: ['md'],
      render: (_, { name }) => <Users name={name} />,
    },
  ];
}

function PolicyName({ name }: { readonly name: string }) {
  const t = useMessages(securityPolicyMessages);
  return (
    <span className="tls-name">
      <code className="tls-name-text">{name}</code>
      {name === recommended && <Tag icon={<StarFilled />}>{t.recommended}</Tag>}
      {name === defaultSecurityPolicy && <Tag>{t.preset}</Tag>}
    </span>
  );
}

function Users({ name }: { readonly name: string }) {
  const listeners = useQuery(listenersOfPolicy(name)).data ?? [];
  return <ListenerLinks ids={listeners} />;
}
