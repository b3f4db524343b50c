import type { ExplainAnswer, ExplainRequestBody, ListenerWire } from '@elbow/api';
import { conditionsOf } from '@elbow/model';
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { Pager } from '../shell/pager.tsx';
import { useLocalList } from '../shell/use-local-list.ts';
import type { PagedList } from '../shell/use-paged-list.ts';
import { DeletePolicyDialog } from './delete-policy-dialog.tsx';
import { policyMessages } from './messages.ts';
import { PoliciesToolbar } from './policies-toolbar.tsx';
import { PolicyBulkActions } from './policy-bulk-actions.tsx';
import { PolicyList } from './policy-list.tsx';
import { explanationOf, ruledPolicies } from './queries.ts';
import { SortList } from './sort-list.tsx';
import { TryIt } from './try-it.tsx';
import { inOrder, type WholePolicy } from './whole-policy.ts';
import './policies.css';

const PolicyDrawer = lazy(async () => ({ default: (await import('./policy-drawer.tsx')).PolicyDrawer }));

export interface PoliciesTabProps {
  readonly of: ListenerWire;
}

/** What the page is busy with beside showing the list. */
type Work =
  | { readonly kind: 'none' | 'sort' | 'add' }
  | { readonly kind: 'edit' | 'copy' | 'delete'; readonly policy: WholePolicy };

/** Forwarding policies of a listener in their order, and a box to try requests on them. */
export function PoliciesTab({ of }: PoliciesTabProps) {
  const found = useQuery(ruledPolicies(of.id));
  const isAdvanced = of.enhance_l7policy_enable;
  const policies = useMemo(() => inOrder(found.data ?? [], isAdvanced), [found.data, isAdvanced]);
  // Their order follows from all of them, so they come as a whole and are cut here.
  const list = useLocalList({
    rows: policies,
    textsOf: textsOfPolicy,
    isFetching: found.isFetching,
    error: found.error,
    refetch: () => void found.refetch(),
  });
  if (found.isError) return <FailurePanel error={found.error} onRetry={list.refetch} />;
  if (found.data === undefined) return <LoadingPage />;
  return <Policies of={of} policies={policies} list={list} />;
}

interface PoliciesProps extends PoliciesTabProps {
  readonly policies: readonly WholePolicy[];
  readonly list: PagedList<WholePolicy>;
}

function Policies({ of, policies, list }: PoliciesProps) {
  const [work, setWork] = useState<Work>({ kind: 'none' });
  const [request, setRequest] = useState<ExplainRequestBody | null>(null);
  const tried = useQuery(explanationOf(request));
  const explanation = (request === null ? null : tried.data) ?? null;
  const stop = (): void => setWork({ kind: 'none' });
  return (
    <div className="pol-page">
      <div className="pol-main">
        <PoliciesToolbar
          of={of}
          policies={policies}
          list={list}
          isSorting={work.kind === 'sort'}
          onAdd={() => setWork({ kind: 'add' })}
          onSort={() => setWork({ kind: 'sort' })}
        />
        <Notes of={of} policies={policies} />
        {work.kind === 'sort' ? (
          <SortList listener={of} policies={policies} onClose={stop} />
        ) : (
          <Cards {...{ of, policies, list, explanation }} onWork={setWork} />
        )}
      </div>
      <TryIt
        listener={of}
        policies={policies}
        explanation={explanation}
        error={tried.error}
        isBusy={tried.isFetching}
        onTry={(next) => (sameRequest(next, request) ? void tried.refetch() : setRequest(next))}
      />
      <WorkDialog of={of} work={work} onClose={stop} />
    </div>
  );
}

interface CardsProps extends PoliciesProps {
  readonly explanation: ExplainAnswer | null;
  readonly onWork: (work: Work) => void;
}

function Cards({ of, policies, list, explanation, onWork }: CardsProps) {
  const canEdit = useCanEdit();
  const [selected, setSelected] = useState<readonly WholePolicy[]>([]);
  return (
    <>
      <PolicyBulkActions rows={selected} onSelect={setSelected} />
      <PolicyList
        listener={of}
        policies={policies}
        shown={list.rows ?? []}
        explanation={explanation}
        canEdit={canEdit}
        selected={selected}
        onSelect={setSelected}
        onEdit={(policy) => onWork({ kind: 'edit', policy })}
        onCopy={(policy) => onWork({ kind: 'copy', policy })}
        onDelete={(policy) => onWork({ kind: 'delete', policy })}
      />
      <Pager list={list} />
    </>
  );
}

function textsOfPolicy({ id, name, description, action, rules }: WholePolicy): readonly string[] {
  const conditions = rules.flatMap((rule) => conditionsOf(rule).map(({ key, value }) => `${key} ${value}`));
  return [id, name, description, action, ...conditions];
}

function sameRequest(next: ExplainRequestBody | null, last: ExplainRequestBody | null): boolean {
  return JSON.stringify(next) === JSON.stringify(last);
}

function Notes({ of, policies }: Omit<PoliciesProps, 'list'>) {
  const t = useMessages(policyMessages);
  const isRedirected = policies.some(({ action }) => action === 'REDIRECT_TO_LISTENER');
  return (
    <>
      {isRedirected && <Alert type="warning" showIcon title={t.toListenerNote} className="pol-alert" />}
      {!of.enhance_l7policy_enable && (
        <Alert type="info" showIcon title={t.basicNote} className="pol-alert" />
      )}
      {policies.length === 0 && (
        <div className="pol-empty">
          <h3>{t.empty.title}</h3>
          <p>{t.empty.text}</p>
        </div>
      )}
    </>
  );
}

interface WorkDialogProps extends PoliciesTabProps {
  readonly work: Work;
  readonly onClose: () => void;
}

function WorkDialog({ of, work, onClose }: WorkDialogProps) {
  switch (work.kind) {
    case 'none':
    case 'sort':
      return null;
    case 'delete':
      return <DeletePolicyDialog policy={work.policy} onClose={onClose} />;
    default: {
      const policy = work.kind === 'edit' ? work.policy : null;
      const like = work.kind === 'copy' ? { like: work.policy } : {};
      return (
        <Suspense>
          <PolicyDrawer listener={of} policy={policy} {...like} onClose={onClose} />
        </Suspense>
      );
    }
  }
}
