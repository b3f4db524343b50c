import { Alert } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { shellMessages } from '../shell/messages.ts';
import { type DrainDialogProps, isTheRest } from './drain-dialog.tsx';
import { MemberNames } from './member-names.tsx';
import { poolMessages } from './messages.ts';
import { useMemberRemoval } from './use-member-writes.ts';

export function RemoveMembersDialog({ pool, all, members, onClose }: DrainDialogProps) {
  const { removal: t } = useMessages(poolMessages);
  const { actions } = useMessages(shellMessages);
  const remove = useMemberRemoval(pool, onClose);
  const isProtected = pool.member_deletion_protection_enable;
  return (
    <ConfirmDialog
      title={t.title(members.length)}
      okLabel={actions.remove}
      isBusy={remove.isRunning}
      error={remove.error}
      isBlocked={isProtected}
      onOk={() => void remove.run(members)}
      onClose={onClose}
    >
      {isProtected ? <Alert type="warning" showIcon title={t.protectedNow} /> : <p>{t.effect}</p>}
      <MemberNames of={members} />
      {!isProtected && isTheRest(members, all) && <Alert type="warning" showIcon title={t.last} />}
    </ConfirmDialog>
  );
}
