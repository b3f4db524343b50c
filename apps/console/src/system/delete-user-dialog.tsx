import type { UserWire } from '@elbow/api';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { shellMessages } from '../shell/messages.ts';
import { systemMessages } from './messages.ts';

export interface DeleteUserDialogProps {
  readonly user: UserWire;
  readonly onClose: () => void;
}

export function DeleteUserDialog({ user, onClose }: DeleteUserDialogProps) {
  const t = useMessages(systemMessages).users;
  const { actions } = useMessages(shellMessages);
  const remove = useWrite<null, null>({
    call: () => client.deleteUser({ params: { user_id: user.id } }),
    said: () => t.deleted(user.name),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      title={t.removeTitle(user.name)}
      okLabel={actions.delete}
      isBusy={remove.isRunning}
      error={remove.error}
      word={user.name}
      onOk={() => void remove.run(null)}
      onClose={onClose}
    >
      {t.removeEffect(user.keys.length)}
    </ConfirmDialog>
  );
}
