import type { IpGroupWire } from '@elbow/api';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { shellMessages } from '../shell/messages.ts';
import { ipGroupMessages } from './messages.ts';

export interface RemoveEntriesDialogProps {
  readonly of: IpGroupWire;
  readonly ips: readonly string[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function RemoveEntriesDialog({ of, ips, onClose, onDone }: RemoveEntriesDialogProps) {
  const t = useMessages(ipGroupMessages);
  const { actions } = useMessages(shellMessages);
  const remove = useWrite({
    call: (list: readonly string[]) =>
      client.batchDeleteIpList({
        params: { ipgroup_id: of.id },
        body: { ipgroup: { ip_list: list.map((ip) => ({ ip })) } },
      }),
    said: (_, { ipgroup }) => t.saved(nameOf(ipgroup)),
    concerns: () => of.listeners.map(({ id }) => id),
    onDone: () => {
      onClose();
      onDone();
    },
  });
  return (
    <ConfirmDialog
      title={t.addresses.removeTitle(ips.length)}
      okLabel={actions.remove}
      isBusy={remove.isRunning}
      error={remove.error}
      onOk={() => void remove.run(ips)}
      onClose={onClose}
    >
      <p>{t.effect(of.listeners.length)}</p>
      <div className="ipg-removing">
        {ips.slice(0, 10).map((ip) => (
          <code key={ip}>{ip}</code>
        ))}
        {ips.length > 10 && <span>{t.more(ips.length - 10)}</span>}
      </div>
    </ConfirmDialog>
  );
}
