import { client } from '../api/client.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { DeleteDialog } from '../shell/delete-dialog.tsx';
import { policyMessages } from './messages.ts';
import type { WholePolicy } from './whole-policy.ts';

export interface DeletePolicyDialogProps {
  readonly policy: WholePolicy;
  readonly onClose: () => void;
}

export function DeletePolicyDialog({ policy, onClose }: DeletePolicyDialogProps) {
  const t = useMessages(policyMessages);
  return (
    <DeleteDialog
      title={t.remove.title(nameOf(policy))}
      call={() => client.deleteL7Policy({ params: { l7policy_id: policy.id } })}
      said={t.deleted(nameOf(policy))}
      concerns={[policy.listener_id]}
      onClose={onClose}
    >
      {t.remove.effect}
    </DeleteDialog>
  );
}
