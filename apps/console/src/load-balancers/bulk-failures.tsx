import type { LoadBalancerWire } from '@elbow/api';
import { Alert } from 'antd';
import type { Bulk } from '../api/use-bulk.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { FailureText } from '../shell/failure-panel.tsx';
import { nameOf } from './load-balancer-status.ts';
import { loadBalancerMessages } from './messages.ts';

/** What was refused, each with its reason. */
export function BulkFailures({ bulk }: { readonly bulk: Bulk<LoadBalancerWire> }) {
  const t = useMessages(loadBalancerMessages).bulk;
  if (bulk.failures.length === 0) return null;
  return (
    <Alert
      role="alert"
      type="error"
      showIcon
      className="failure-panel"
      title={t.failed(bulk.failures.length, bulk.done)}
      description={
        <ul className="failure-list">
          {bulk.failures.map(({ row, error }) => (
            <li key={row.id}>
              {nameOf(row)}: <FailureText error={error} />
            </li>
          ))}
        </ul>
      }
    />
  );
}
