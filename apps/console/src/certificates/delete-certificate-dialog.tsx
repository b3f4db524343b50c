import type { CertificateWire } from '@elbow/api';
import { Alert } from 'antd';
import { Link } from 'react-router';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { shellMessages } from '../shell/messages.ts';
import type { CertificateUse } from './certificate-uses.ts';
import { certificateMessages } from './messages.ts';

export interface DeleteCertificateDialogProps {
  readonly of: CertificateWire;
  readonly uses: readonly CertificateUse[];
  readonly onClose: () => void;
}

/** Names the listeners that stand in the way. A group of servers that verifies with it is named by the server. */
export function DeleteCertificateDialog({ of, uses, onClose }: DeleteCertificateDialogProps) {
  const t = useMessages(certificateMessages);
  const { actions } = useMessages(shellMessages);
  const remove = useWrite<null, null>({
    call: () => client.deleteCertificate({ params: { certificate_id: of.id } }),
    said: () => t.deleted(nameOf(of)),
    onDone: onClose,
  });
  const isInUse = uses.length > 0;
  return (
    <ConfirmDialog
      title={t.remove.title(nameOf(of))}
      okLabel={actions.delete}
      isBusy={remove.isRunning}
      error={remove.error}
      isBlocked={isInUse}
      onOk={() => void remove.run(null)}
      onClose={onClose}
    >
      {isInUse ? (
        <>
          <Alert type="warning" showIcon title={t.remove.inUse} />
          <UseList uses={uses} />
        </>
      ) : (
        <p>{t.remove.effect}</p>
      )}
    </ConfirmDialog>
  );
}

function UseList({ uses }: { readonly uses: readonly CertificateUse[] }) {
  const t = useMessages(certificateMessages);
  return (
    <ul className="cert-uses">
      {uses.map(({ listener, roles }) => (
        <li key={listener.id}>
          <Link to={`/listeners/${listener.id}/summary`}>{nameOf(listener)}</Link>{' '}
          {`${listener.protocol}/${listener.protocol_port}`}
          <span className="cell-sub">{roles.map((role) => t.role[role]).join(', ')}</span>
        </li>
      ))}
    </ul>
  );
}
