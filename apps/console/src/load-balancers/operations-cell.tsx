import type { LoadBalancerWire } from '@elbow/api';
import { MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { Link } from 'react-router';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from '../shell/messages.ts';
import { nameOf } from './load-balancer-status.ts';
import { loadBalancerMessages } from './messages.ts';

export interface OperationsCellProps {
  readonly of: LoadBalancerWire;
  readonly onDelete: () => void;
}

export function OperationsCell({ of, onDelete }: OperationsCellProps) {
  const t = useMessages(loadBalancerMessages);
  const { actions } = useMessages(shellMessages);
  if (!useCanEdit()) return null;
  const items = [
    { key: 'edit', label: <Link to={`/lbs/${of.id}/summary`}>{actions.edit}</Link> },
    { key: 'delete', label: actions.delete, danger: true, onClick: onDelete },
  ];
  return (
    <span className="operations">
      <Link to={`/lbs/${of.id}/listeners/new`}>{t.addListener}</Link>
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t.operationsOf(nameOf(of))} />
      </Dropdown>
    </span>
  );
}
