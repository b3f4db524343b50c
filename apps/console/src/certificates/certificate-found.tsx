import type { CertificateWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { listenerList } from '../load-balancers/queries.ts';
import { FilterSelect } from '../shell/filter-select.tsx';
import { ListToolbar } from '../shell/list-toolbar.tsx';
import { matchesSearch, useUrlValue } from '../shell/use-search.ts';
import type { CertificateAction } from './certificate-operations.tsx';
import { CertificateTable } from './certificate-table.tsx';
import { type CertificateUse, expiryOf, usesOf } from './certificate-uses.ts';
import { certificateMessages } from './messages.ts';
import './certificates.css';

const Dialogs = lazy(async () => ({
  default: (await import('./certificate-dialogs.tsx')).CertificateDialogs,
}));

export interface CertificateFoundProps {
  readonly all: readonly CertificateWire[];
  readonly isFetching: boolean;
  readonly onRefresh: () => void;
}

/** The list with its search and filters, and what can be done with each. */
export function CertificateFound({ all, isFetching, onRefresh }: CertificateFoundProps) {
  const t = useMessages(certificateMessages);
  const [search, setSearch] = useUrlValue('q');
  const [type] = useUrlValue('type');
  const [state] = useUrlValue('state');
  const [open, setOpen] = useState<{
    readonly action: CertificateAction;
    readonly of: CertificateWire;
  } | null>(null);
  const listeners = useQuery(listenerList()).data;
  const uses = useMemo(() => usesOf(listeners ?? []), [listeners]);
  const [onAction] = useState(
    () => (action: CertificateAction, of: CertificateWire) => setOpen({ action, of }),
  );
  const shown = all.filter(
    (one) =>
      (type === '' || one.type === type) &&
      isInState(one, state, uses) &&
      matchesSearch(search, searchable(one)),
  );
  return (
    <>
      <ListToolbar
        {...{ search, isFetching, onRefresh }}
        onSearch={setSearch}
        placeholder={t.search}
        shown={shown.length}
        all={all.length}
      >
        <Filters />
      </ListToolbar>
      <CertificateTable rows={shown} uses={uses} onAction={onAction} />
      {open !== null && (
        <Suspense>
          <Dialogs {...open} all={all} uses={uses.get(open.of.id) ?? []} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
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

function isInState(
  one: CertificateWire,
  state: string,
  uses: ReadonlyMap<string, readonly CertificateUse[]>,
): boolean {
  if (state === '') return true;
  return state === 'unused' ? !uses.has(one.id) : expiryOf(one, Date.now()) === state;
}

function searchable(one: CertificateWire): (string | null)[] {
  const { id, name, description, common_name: common, fingerprint, domain } = one;
  return [id, name, description, common, fingerprint, domain, ...one.subject_alternative_names];
}
