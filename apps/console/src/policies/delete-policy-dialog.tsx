import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { shellMessages } from '../shell/messages.ts';
import { policyMessages } from './messages.ts';
import type { WholePolicy } from './whole-policy.ts';

export interface DeletePolicyDialogProps {
  readonly policy: WholePolicy;
  readonly onClose: () => void;
}

export function DeletePolicyDialog({ policy, onClose }: DeletePolicyDialogProps) {
  const t = useMessages(policyMessages);
  const { actions } = useMessages(shellMessages);
  const remove = useWrite<null, null>({
    call: () => client.deleteL7Policy({ params: { l7policy_id: policy.id } }),
    said: () => t.deleted(nameOf(policy)),
    concerns: () => [policy.listener_id],
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      title={t.remove.title(nameOf(policy))}
      okLabel={actions.delete}
      isBusy={remove.isRunning}
      error={remove.error}
      onOk={() => void remove.run(null)}
      onClose={onClose}
    >
      {t.remove.effect}
    </ConfirmDialog>
  );
}
