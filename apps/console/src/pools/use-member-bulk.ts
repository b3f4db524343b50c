import type { MemberWire } from '@elbow/api';
import type { Bulk } from '../api/use-bulk.ts';
import type { MembersDialogProps } from './drain-dialog.tsx';

/** A dialog that does something with members: it closes when all of them are done, and else says which are not. */
export function useMemberBulk(bulk: Bulk<MemberWire>, { members, onClose, onDone }: MembersDialogProps) {
  const leave = (left: readonly MemberWire[]): void => {
    onClose();
    onDone(left);
  };
  const failed = bulk.failures.map(({ row }) => row);
  const run = async (): Promise<void> => {
    const left = await bulk.run(failed.length > 0 ? failed : members);
    if (left.length === 0) leave([]);
  };
  return {
    bulk,
    start: () => void run(),
    close: () => (bulk.done > 0 && !bulk.isRunning ? leave(failed) : onClose()),
  };
}
