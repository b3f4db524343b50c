import type { MemberWire, PoolWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { BulkFailures } from '../shell/bulk-failures.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { MemberNames } from './member-names.tsx';
import { placeOf } from './member-state.ts';
import { poolMessages } from './messages.ts';
import { type MemberCounts, memberCounts } from './queries.ts';
import { useMemberBulk } from './use-member-bulk.ts';
import { useMemberChanges } from './use-member-writes.ts';

export interface MembersDialogProps {
  readonly pool: PoolWire;
  readonly members: readonly MemberWire[];
  readonly onClose: () => void;
  /** @param left members that it did not reach */
  readonly onDone: (left: readonly MemberWire[]) => void;
}

/** Takes servers out of the rotation without taking them out of the group. */
export function DrainDialog(props: MembersDialogProps) {
  const { pool, members } = props;
  const { drain: t } = useMessages(poolMessages);
  const save = useMemberBulk(useMemberChanges({ pool, said: t.saved }, { weight: 0 }), props);
  const counts = useQuery(memberCounts(pool.id)).data;
  return (
    <ConfirmDialog
      title={t.title(members.length)}
      okLabel={t.ok}
      isBusy={save.bulk.isRunning}
      error={null}
      onOk={save.start}
      onClose={save.close}
    >
      <p>{t.effect}</p>
      <MemberNames of={members} />
      {isTheRest(members, counts) && <Alert type="warning" showIcon title={t.last} />}
      <BulkFailures bulk={save.bulk} nameOf={placeOf} />
    </ConfirmDialog>
  );
}

/** Whether nobody of weight is left without them. */
export function isTheRest(members: readonly MemberWire[], counts: MemberCounts | undefined): boolean {
  if (counts === undefined) return false;
  const weighty = members.filter(({ weight }) => weight > 0).length;
  return weighty >= counts.all - counts.weightless;
}
