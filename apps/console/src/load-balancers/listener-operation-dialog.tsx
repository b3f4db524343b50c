import type { ListenerWire, LoadBalancerWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { CopyListenerDialog } from '../listeners/detail/copy-listener-dialog.tsx';
import { DeleteListenerDialog } from '../listeners/detail/delete-listener-dialog.tsx';
import { EditListenerDrawer } from '../listeners/detail/edit-listener-drawer.tsx';
import { ListenerFactsContext } from '../listeners/detail/listener-facts.ts';
import { capabilities } from '../listeners/queries.ts';
import type { ListenerOperation } from './listener-operations.tsx';
import { listenerList } from './queries.ts';
import '../listeners/wizard/wizard.css';
import '../listeners/detail/detail.css';

export interface ListenerOperationDialogProps {
  readonly operation: ListenerOperation;
  readonly of: ListenerWire;
  readonly loadBalancer: LoadBalancerWire;
  readonly onClose: () => void;
}

/** The dialogs of a listener's own page, over the table of all of them. */
export function ListenerOperationDialog({
  operation,
  of,
  loadBalancer,
  onClose,
}: ListenerOperationDialogProps) {
  const all = useQuery(listenerList(loadBalancer.id)).data;
  const abilities = useQuery(capabilities).data;
  if (all === undefined || abilities === undefined) return null;
  const siblings = all.filter(({ id }) => id !== of.id);
  return (
    <ListenerFactsContext value={{ loadBalancer, siblings, capabilities: abilities }}>
      {operation === 'edit' && <EditListenerDrawer of={of} onClose={onClose} />}
      {operation === 'copy' && <CopyListenerDialog of={of} onClose={onClose} />}
      {operation === 'remove' && <DeleteListenerDialog of={of} onClose={onClose} onDeleted={onClose} />}
    </ListenerFactsContext>
  );
}
