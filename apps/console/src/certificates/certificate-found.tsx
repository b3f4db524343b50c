import type { CertificateWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { FilterSelect } from '../shell/filter-select.tsx';
import { PagedToolbar } from '../shell/paged-toolbar.tsx';
import type { PagedList } from '../shell/use-paged-list.ts';
import type { CertificateAction } from './certificate-operations.tsx';
import { CertificateTable } from './certificate-table.tsx';
import { usesOf } from './certificate-uses.ts';
import { certificateMessages } from './messages.ts';
import { listenersWithCertificates } from './queries.ts';
import './certificates.css';

const Dialogs = lazy(async () => ({
  default: (await import('./certificate-dialogs.tsx')).CertificateDialogs,
}));

const BulkActions = lazy(async () => ({
  default: (await import('./certificate-bulk-actions.tsx')).CertificateBulkActions,
}));

interface Open {
  readonly action: CertificateAction;
  readonly of: CertificateWire;
}

/** The list with its search and filters, and what can be done with each and with several. */
export function CertificateFound({ list }: { readonly list: PagedList<CertificateWire> }) {
  const t = useMessages(certificateMessages);
  const canEdit = useCanEdit();
  const [open, setOpen] = useState<Open | null>(null);
  const [selected, setSelected] = useState<readonly CertificateWire[]>([]);
  const uses = useUses(list.rows ?? []);
  const [onAction] = useState(
    () => (action: CertificateAction, of: CertificateWire) => setOpen({ action, of }),
  );
  return (
    <>
      <PagedToolbar list={list} placeholder={t.search}>
        <Filters />
      </PagedToolbar>
      {selected.length > 0 && (
        <Suspense>
          <BulkActions rows={selected} onSelect={setSelected} />
        </Suspense>
      )}
      <CertificateTable
        list={list}
        uses={uses}
        onAction={onAction}
        {...(canEdit ? { selection: { rows: selected, set: setSelected } } : {})}
      />
      {open !== null && (
        <Suspense>
          <Dialogs {...open} uses={uses.get(open.of.id) ?? []} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}

/** Of the certificates on this page alone. */
function useUses(rows: readonly CertificateWire[]) {
  const listeners = useQuery(listenersWithCertificates(rows.map(({ id }) => id))).data;
  return useMemo(() => usesOf(listeners ?? []), [listeners]);
}

function Filters() {
  const { filters: t, typeLong } = useMessages(certificateMessages);
  return (
    <>
      <FilterSelect
        name="type"
        label={t.type}
        any={t.anyType}
        choices={[
          { value: 'server', label: typeLong.server },
          { value: 'client', label: typeLong.client },
        ]}
      />
      <FilterSelect
        name="state"
        label={t.state}
        any={t.anyState}
        choices={[
          { value: 'expiring', label: t.expiring },
          { value: 'expired', label: t.expired },
          { value: 'unused', label: t.unused },
        ]}
      />
    </>
  );
}
