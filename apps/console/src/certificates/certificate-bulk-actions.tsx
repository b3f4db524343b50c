import type { CertificateWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { mostInBatch, refusedIn, useBulk } from '../api/use-bulk.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { type BulkActionsProps, BulkDeleteBar, type BulkDialogProps } from '../shell/bulk-delete-bar.tsx';
import { BulkDeleteDialog } from '../shell/bulk-delete-dialog.tsx';
import { certificateName, UseLink } from './certificate-cells.tsx';
import { type CertificateUse, usesOf } from './certificate-uses.ts';
import { certificateMessages } from './messages.ts';
import { listenersWithCertificates } from './queries.ts';

/** What can be done with several certificates at once. */
export function CertificateBulkActions(props: BulkActionsProps<CertificateWire>) {
  return <BulkDeleteBar {...props} dialog={DeleteDialog} />;
}

function DeleteDialog({ rows, onClose, onDone }: BulkDialogProps<CertificateWire>) {
  const t = useMessages(certificateMessages).bulk;
  const uses = usesOf(useQuery(listenersWithCertificates(rows.map(({ id }) => id))).data ?? []);
  const remove = useBulk(
    ({ id }: CertificateWire) => client.deleteCertificate({ params: { certificate_id: id } }),
    {
      batch: { most: mostInBatch, call: removeAll, refused: (body) => refusedIn(body.certificates) },
      said: t.saved,
    },
  );
  return (
    <BulkDeleteDialog
      title={t.title}
      rows={rows}
      bulk={remove}
      word={t.word}
      kept={[{ reason: t.kept, rows: rows.filter(({ id }) => uses.has(id)) }]}
      nameOf={certificateName}
      renderDetail={({ id }) => <UseLinks uses={uses.get(id) ?? []} />}
      onClose={onClose}
      onDone={onDone}
    >
      <p>{t.effect}</p>
    </BulkDeleteDialog>
  );
}

function UseLinks({ uses }: { readonly uses: readonly CertificateUse[] }) {
  return (
    <span className="cell-links">
      {uses.map((use) => (
        <UseLink key={use.listener.id} use={use} />
      ))}
    </span>
  );
}

function removeAll(rows: readonly CertificateWire[]) {
  return client.batchDeleteCertificates({ body: { certificates: rows.map(({ id }) => id) } });
}
