import type { ListenerWire } from '@elbow/api';
import { PlusOutlined, SwapOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Tooltip } from 'antd';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { policyMessages } from './messages.ts';
import { policyQuotas } from './queries.ts';
import type { WholePolicy } from './whole-policy.ts';

export interface PoliciesToolbarProps {
  readonly of: ListenerWire;
  readonly policies: readonly WholePolicy[];
  readonly isSorting: boolean;
  readonly onAdd: () => void;
  readonly onSort: () => void;
}

/** Adding and sorting, with how many there are of how many there may be. */
export function PoliciesToolbar({ of, policies, isSorting, onAdd, onSort }: PoliciesToolbarProps) {
  const t = useMessages(policyMessages);
  const canEdit = useCanEdit();
  const most = useQuery(policyQuotas).data?.policies ?? 100;
  const isFull = most >= 0 && policies.length >= most;
  return (
    <div className="pol-toolbar">
      {canEdit && !isSorting && (
        <>
          <Tooltip title={isFull ? t.full(most) : ''}>
            <Button type="primary" icon={<PlusOutlined />} disabled={isFull} onClick={onAdd}>
              {t.add}
            </Button>
          </Tooltip>
          {of.enhance_l7policy_enable && policies.length > 1 && (
            <Button icon={<SwapOutlined rotate={90} />} onClick={onSort}>
              {t.sort}
            </Button>
          )}
        </>
      )}
      <span className="list-count">{most < 0 ? policies.length : t.count(policies.length, most)}</span>
    </div>
  );
}
