import type { LoadBalancerWire, Query } from '@elbow/api';
import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { wholeList } from '../api/whole-list.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { FailureText } from '../shell/failure-panel.tsx';
import { shellMessages } from '../shell/messages.ts';
import { type LoadBalancerMessages, loadBalancerMessages } from './messages.ts';

/** Saves every load balancer that matches the search, on whatever page, for a spreadsheet. */
export function ExportButton({ query }: { readonly query: Query }) {
  const t = useMessages(loadBalancerMessages);
  const { actions, failure } = useMessages(shellMessages);
  const { notification } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      await saveAll(query, t);
    } catch (error) {
      notification.error({ title: failure.title, description: <FailureText error={error} />, role: 'alert' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon={<DownloadOutlined />} loading={isBusy} onClick={() => void save()}>
      {actions.exportCsv}
    </Button>
  );
}

async function saveAll(query: Query, t: LoadBalancerMessages): Promise<void> {
  const { csvOf, saveFile } = await import('../shell/csv.ts');
  const rows = await wholeList(
    (page) => client.listLoadBalancers({ query: { ...query, ...page } }),
    (body) => body.loadbalancers,
  );
  saveFile('load-balancers.csv', csvOf(headOf(t), rows.map(lineOf)));
}

function headOf({ columns, fields, summary, exported }: LoadBalancerMessages): readonly string[] {
  return [
    summary.id,
    summary.name,
    summary.description,
    fields.adminState,
    fields.address,
    exported.publicAddress,
    columns.zones,
    exported.listenerCount,
    columns.tags,
    columns.created,
    summary.updated,
  ];
}

function lineOf(row: LoadBalancerWire) {
  return [
    row.id,
    row.name,
    row.description,
    row.admin_state_up,
    row.vip_address,
    row.publicips.map(({ publicip_address: address }) => address).join(' '),
    row.availability_zone_list.join(' '),
    row.listeners.length,
    row.tags.map(({ key, value }) => `${key}=${value}`).join(' '),
    row.created_at,
    row.updated_at,
  ];
}
