import type { UserWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useMemo } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { keyCallsOf } from './key-calls.ts';
import { KeysPanel } from './keys-panel.tsx';
import { systemMessages } from './messages.ts';
import { userList } from './queries.ts';

export interface UserKeysDrawerProps {
  readonly user: UserWire;
  readonly onClose: () => void;
}

export function UserKeysDrawer({ user, onClose }: UserKeysDrawerProps) {
  const t = useMessages(systemMessages).users;
  const fresh = (useQuery(userList).data ?? []).find(({ id }) => id === user.id) ?? user;
  const calls = useMemo(() => keyCallsOf(user.id), [user.id]);
  return (
    <Drawer open title={t.keysOf(user.name)} size="min(560px, 100vw)" onClose={onClose}>
      <KeysPanel keys={fresh.keys} calls={calls} />
    </Drawer>
  );
}
