import type { SecurityPolicyWire } from '@elbow/api';
import { client } from '../api/client.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { ListenerLinks } from '../ip-groups/listener-links.tsx';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { DeleteDialog } from '../shell/delete-dialog.tsx';
import { securityPolicyMessages } from './messages.ts';

export interface DeletePolicyDialogProps {
  readonly of: SecurityPolicyWire;
  readonly onClose: () => void;
}

export function DeletePolicyDialog({ of, onClose }: DeletePolicyDialogProps) {
  const t = useMessages(securityPolicyMessages);
  const users = <ListenerLinks ids={of.listeners} most={50} />;
  return (
    <DeleteDialog
      title={t.remove.title(nameOf(of))}
      call={() => client.deleteSecurityPolicy({ params: { security_policy_id: of.id } })}
      said={t.deleted(nameOf(of))}
      obstacles={of.listeners.length > 0 ? [{ title: t.remove.inUse, list: users }] : []}
      onClose={onClose}
    >
      {t.remove.effect}
    </DeleteDialog>
  );
}
