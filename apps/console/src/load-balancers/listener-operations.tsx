import type { ListenerWire } from '@elbow/api';
import { MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from '../shell/messages.ts';
import { nameOf } from './load-balancer-status.ts';
import { loadBalancerMessages } from './messages.ts';

export type ListenerOperation = 'edit' | 'copy' | 'remove';

export interface ListenerOperationsProps {
  readonly of: ListenerWire;
  readonly onChoose: (operation: ListenerOperation, of: ListenerWire) => void;
}

/** What can be done with a listener from the table that it stands in. */
export function ListenerOperations({ of, onChoose }: ListenerOperationsProps) {
  const t = useMessages(loadBalancerMessages);
  const { actions } = useMessages(shellMessages);
  if (!useCanEdit()) return null;
  const items = [
    { key: 'edit', label: actions.edit, onClick: () => onChoose('edit', of) },
    { key: 'copy', label: actions.copy, onClick: () => onChoose('copy', of) },
    { key: 'remove', label: actions.delete, danger: true, onClick: () => onChoose('remove', of) },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t.operationsOf(nameOf(of))} />
    </Dropdown>
  );
}
