import type { MemberWire, PoolWire } from '@elbow/api';
import { Alert } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { MemberNames } from './member-names.tsx';
import { poolMessages } from './messages.ts';
import { useMemberChanges } from './use-member-writes.ts';

export interface DrainDialogProps {
  readonly pool: PoolWire;
  readonly all: readonly MemberWire[];
  readonly members: readonly MemberWire[];
  readonly onClose: () => void;
}

/** Takes servers out of the rotation without taking them out of the group. */
export function DrainDialog({ pool, all, members, onClose }: DrainDialogProps) {
  const { drain: t } = useMessages(poolMessages);
  const save = useMemberChanges(pool, { said: t.saved, onDone: onClose });
  return (
    <ConfirmDialog
      title={t.title(members.length)}
      okLabel={t.ok}
      isBusy={save.isRunning}
      error={save.error}
      onOk={() => void save.run(members.map(({ id }) => ({ id, weight: 0 })))}
      onClose={onClose}
    >
      <p>{t.effect}</p>
      <MemberNames of={members} />
      {isTheRest(members, all) && <Alert type="warning" showIcon title={t.last} />}
    </ConfirmDialog>
  );
}

/** Whether nobody of weight is left without them. */
export function isTheRest(members: readonly MemberWire[], all: readonly MemberWire[]): boolean {
  const ids = new Set(members.map(({ id }) => id));
  return all.every(({ id, weight }) => ids.has(id) || weight === 0);
}
