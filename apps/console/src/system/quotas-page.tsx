import type { QuotaDetailWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Table, type TableColumnsType } from 'antd';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { Page } from '../shell/page.tsx';
import { systemMessages } from './messages.ts';
import { quotaDetails } from './queries.ts';
import './system.css';

export function QuotasPage() {
  const t = useMessages(systemMessages).quotas;
  const found = useQuery(quotaDetails);
  const columns = useColumns();
  return (
    <Page title={t.title} intro={t.intro}>
      {found.isError && <FailurePanel error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <LoadingPage />}
      {found.data !== undefined && (
        <Table
          rowKey="quota_key"
          size="middle"
          columns={columns}
          dataSource={found.data}
          pagination={false}
        />
      )}
    </Page>
  );
}

/** These bound every single object; there is no sum to be shown. */
const isPerObject = (key: string): boolean => key.includes('_per_') || key.startsWith('ipgroup_');

function useColumns(): TableColumnsType<QuotaDetailWire> {
  const t = useMessages(systemMessages).quotas;
  const format = useFormat();
  return [
    {
      title: t.name,
      key: 'name',
      render: (_, { quota_key: key }) => (
        <>
          {t.names[key]}
          {isPerObject(key) && <span className="cell-sub">{t.perObject}</span>}
        </>
      ),
    },
    { title: t.used, key: 'used', render: (_, quota) => <Usage quota={quota} /> },
    {
      title: t.limit,
      key: 'limit',
      align: 'right',
      render: (_, { quota_limit: limit }) => (limit < 0 ? t.unlimited : format.number(limit)),
    },
  ];
}

function Usage({ quota: { quota_key: key, quota_limit: limit, used } }: { readonly quota: QuotaDetailWire }) {
  const format = useFormat();
  if (isPerObject(key)) return '–';
  const share = limit > 0 ? Math.min(1, used / limit) : 0;
  const tone = share >= 1 ? 'bad' : share >= 0.8 ? 'warn' : 'good';
  return (
    <span className="sys-usage">
      <span>{format.number(used)}</span>
      {limit > 0 && (
        <svg
          viewBox="0 0 100 6"
          className={`sys-bar sys-bar-${tone}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <rect className="sys-bar-ground" width="100" height="6" />
          <rect width={share * 100} height="6" />
        </svg>
      )}
    </span>
  );
}
