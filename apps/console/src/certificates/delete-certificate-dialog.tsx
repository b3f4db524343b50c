import type { CertificateWire } from '@elbow/api';
import { Link } from 'react-router';
import { client } from '../api/client.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { DeleteDialog } from '../shell/delete-dialog.tsx';
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
  return (
    <DeleteDialog
      title={t.remove.title(nameOf(of))}
      call={() => client.deleteCertificate({ params: { certificate_id: of.id } })}
      said={t.deleted(nameOf(of))}
      obstacles={uses.length > 0 ? [{ title: t.remove.inUse, list: <UseList uses={uses} /> }] : []}
      onClose={onClose}
    >
      {t.remove.effect}
    </DeleteDialog>
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
