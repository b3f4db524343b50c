import type { ListenerWire } from '@elbow/api';
import { PlusOutlined, SearchOutlined, SwapOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Tooltip } from 'antd';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from '../shell/messages.ts';
import type { PagedList } from '../shell/use-paged-list.ts';
import { policyMessages } from './messages.ts';
import { policyQuotas } from './queries.ts';
import type { WholePolicy } from './whole-policy.ts';

export interface PoliciesToolbarProps {
  readonly of: ListenerWire;
  readonly policies: readonly WholePolicy[];
  /** What is looked for, and how many are found. */
  readonly list: PagedList<WholePolicy>;
  readonly isSorting: boolean;
  readonly onAdd: () => void;
  readonly onSort: () => void;
}

/** Adding and sorting, with how many there are of how many there may be. */
export function PoliciesToolbar({ of, policies, list, isSorting, onAdd, onSort }: PoliciesToolbarProps) {
  const t = useMessages(policyMessages);
  const { count: counted } = useMessages(shellMessages).list;
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
      {!isSorting && policies.length > 1 && (
        <Input
          className="list-search"
          prefix={<SearchOutlined />}
          placeholder={t.search}
          aria-label={t.search}
          allowClear
          value={list.search}
          onChange={({ target }) => list.setSearch(target.value)}
        />
      )}
      {list.search !== '' && <span role="status">{counted(list.total, policies.length)}</span>}
      <span className="list-count">{most < 0 ? policies.length : t.count(policies.length, most)}</span>
    </div>
  );
}
