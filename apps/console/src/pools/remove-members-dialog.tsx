import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { BulkFailures } from '../shell/bulk-failures.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { shellMessages } from '../shell/messages.ts';
import { isTheRest, type MembersDialogProps } from './drain-dialog.tsx';
import { MemberNames } from './member-names.tsx';
import { placeOf } from './member-state.ts';
import { poolMessages } from './messages.ts';
import { memberCounts } from './queries.ts';
import { useMemberBulk } from './use-member-bulk.ts';
import { useMemberRemoval } from './use-member-writes.ts';

export function RemoveMembersDialog(props: MembersDialogProps) {
  const { pool, members } = props;
  const { removal: t } = useMessages(poolMessages);
  const { actions } = useMessages(shellMessages);
  const remove = useMemberBulk(useMemberRemoval({ pool, said: t.saved }), props);
  const counts = useQuery(memberCounts(pool.id)).data;
  const isProtected = pool.member_deletion_protection_enable;
  return (
    <ConfirmDialog
      title={t.title(members.length)}
      okLabel={actions.remove}
      isBusy={remove.bulk.isRunning}
      error={null}
      isBlocked={isProtected}
      onOk={remove.start}
      onClose={remove.close}
    >
      {isProtected ? <Alert type="warning" showIcon title={t.protectedNow} /> : <p>{t.effect}</p>}
      <MemberNames of={members} />
      {!isProtected && isTheRest(members, counts) && <Alert type="warning" showIcon title={t.last} />}
      <BulkFailures bulk={remove.bulk} nameOf={placeOf} />
    </ConfirmDialog>
  );
}
