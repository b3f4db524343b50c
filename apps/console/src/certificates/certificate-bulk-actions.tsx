import type { AnswerBodies, CertificateWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { useBulk } from '../api/use-bulk.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { BulkBar } from '../shell/bulk-bar.tsx';
import { BulkDeleteDialog } from '../shell/bulk-delete-dialog.tsx';
import { shellMessages } from '../shell/messages.ts';
import { certificateName, UseLink } from './certificate-cells.tsx';
import { type CertificateUse, usesOf } from './certificate-uses.ts';
import { certificateMessages } from './messages.ts';
import { listenersWithCertificates } from './queries.ts';

export interface CertificateBulkActionsProps {
  readonly rows: readonly CertificateWire[];
  readonly onSelect: (rows: readonly CertificateWire[]) => void;
}

/** What can be done with several certificates at once. */
export function CertificateBulkActions({ rows, onSelect }: CertificateBulkActionsProps) {
  const { actions } = useMessages(shellMessages);
  const [isRemoving, setRemoving] = useState(false);
  return (
    <>
      <BulkBar count={rows.length} onClear={() => onSelect([])}>
        <Button danger onClick={() => setRemoving(true)}>
          {actions.delete}
        </Button>
      </BulkBar>
      {isRemoving && <DeleteDialog rows={rows} onClose={() => setRemoving(false)} onDone={onSelect} />}
    </>
  );
}

interface DeleteDialogProps {
  readonly rows: readonly CertificateWire[];
  readonly onClose: () => void;
  readonly onDone: (left: readonly CertificateWire[]) => void;
}

/** What the server deletes in one call. */
const mostAtOnce = 200;

function DeleteDialog({ rows, onClose, onDone }: DeleteDialogProps) {
  const t = useMessages(certificateMessages).bulk;
  const uses = usesOf(useQuery(listenersWithCertificates(rows.map(({ id }) => id))).data ?? []);
  const remove = useBulk(
    ({ id }: CertificateWire) => client.deleteCertificate({ params: { certificate_id: id } }),
    { batch: { most: mostAtOnce, call: removeAll, refused: refusedOf }, said: t.saved },
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

function refusedOf({ certificates }: AnswerBodies['BatchDeleteCertificates']): readonly string[] {
  return certificates.filter(({ ret_status: status }) => status === 'failed').map(({ id }) => id);
}
