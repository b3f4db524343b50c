import type { MemberWire } from '@elbow/api';
import { MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOfMember } from './member-state.ts';
import { poolMessages } from './messages.ts';

export type MemberAction = 'check' | 'drain' | 'weight' | 'port' | 'remove';

export interface MemberOperationsProps {
  readonly of: MemberWire;
  readonly onAction: (action: MemberAction) => void;
}

export function MemberOperations({ of, onAction }: MemberOperationsProps) {
  const { members: t } = useMessages(poolMessages);
  const item = (key: MemberAction, label: string) => ({ key, label, onClick: () => onAction(key) });
  const items = [
    of.weight === 0 ? item('weight', t.restore) : item('drain', t.drain),
    item('port', t.setPort),
    { ...item('remove', t.remove), danger: true },
  ];
  return (
    <span className="operations">
      <Button type="link" size="small" onClick={() => onAction('check')}>
        {t.check}
      </Button>
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button
          type="text"
          size="small"
          icon={<MoreOutlined />}
          aria-label={t.operationsOf(nameOfMember(of))}
        />
      </Dropdown>
    </span>
  );
}
