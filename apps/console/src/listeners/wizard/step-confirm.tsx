import type { ApiError, LoadBalancerWire } from '@elbow/api';
import type { FieldComplaint } from '@elbow/model';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Select } from 'antd';
import { useId, useMemo, useState } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { poolById } from '../../load-balancers/named-queries.ts';
import { FailureText } from '../../shell/failure-panel.tsx';
import { ApiRequestDialog } from '../detail/api-request-dialog.tsx';
import { fieldMessages, wizardMessages } from '../texts/messages.ts';
import { composeBody } from './compose-body.ts';
import { PlanPanel } from './plan-panel.tsx';
import { SummaryGroup } from './summary-group.tsx';
import { listenerRows, memberRows, poolRows } from './summary-rows.ts';
import { fullComplaints } from './use-compose.ts';
import { useSummaryContext } from './use-summary-context.ts';
import { type Step, stepsOf, type WizardDraft } from './wizard-draft.ts';

export interface StepConfirmProps {
  readonly draft: WizardDraft;
  readonly loadBalancer: LoadBalancerWire;
  /** Of the last submit. */
  readonly error: ApiError | null;
  readonly onChange: (part: Partial<WizardDraft>) => void;
  readonly onEdit: (step: Step) => void;
  readonly onFix: (complaints: readonly FieldComplaint[]) => void;
}

/** Step 4: everything once more, what will happen, and what the server thinks of it. */
export function StepConfirm({ draft, loadBalancer, error, onChange, onEdit, onFix }: StepConfirmProps) {
  const t = useMessages(wizardMessages);
  const [isRequestShown, setRequestShown] = useState(false);
  const body = useMemo(() => composeBody(draft, loadBalancer.id), [draft, loadBalancer.id]);
  return (
    <div className="confirm">
      {error !== null && fullComplaints(error.message).length === 0 && (
        <Alert role="alert" type="error" showIcon title={<FailureText error={error} />} />
      )}
      <PlanPanel body={body} draft={draft} loadBalancer={loadBalancer} onFix={onFix} />
      <ServerNames draft={draft} onChange={onChange} />
      <Groups draft={draft} onEdit={onEdit} />
      <p className="lf-soft">{t.confirm.changed}</p>
      <div>
        <Button onClick={() => setRequestShown(true)}>{t.confirm.apiRequest}</Button>
      </div>
      {isRequestShown && (
        <ApiRequestDialog
          method="POST"
          path="/elbow/v1/listeners/compose"
          body={body}
          onClose={() => setRequestShown(false)}
        />
      )}
    </div>
  );
}

/** Names to compare the certificates with: nothing of the listener itself. */
function ServerNames({ draft, onChange }: Pick<StepConfirmProps, 'draft' | 'onChange'>) {
  const t = useMessages(wizardMessages).confirm;
  const id = useId();
  if (draft.listener.protocol !== 'HTTPS') return null;
  return (
    <div className="confirm-names">
      <label htmlFor={id}>
        {t.names} <span className="lf-soft">{t.namesHelp}</span>
      </label>
      <Select
        id={id}
        mode="tags"
        open={false}
        suffixIcon={null}
        tokenSeparators={[',', ' ']}
        placeholder="www.example.com"
        value={[...draft.serverNames]}
        onChange={(names: string[]) => onChange({ serverNames: names })}
      />
    </div>
  );
}

function Groups({ draft, onEdit }: Pick<StepConfirmProps, 'draft' | 'onEdit'>) {
  const t = useMessages(wizardMessages);
  const labels = useMessages(fieldMessages);
  const context = useSummaryContext(draft.listener);
  const existing = useQuery(poolById(draft.pool.default_pool_id ?? null)).data ?? undefined;
  const isNew = draft.pool.choice === 'new';
  return (
    <>
      <SummaryGroup
        title={t.steps.listener}
        rows={listenerRows(draft.listener, context)}
        onEdit={() => onEdit('listener')}
      />
      <SummaryGroup
        title={labels.pool}
        rows={
          isNew
            ? poolRows(draft.pool, context)
            : [
                {
                  field: 'pool',
                  value: existing === undefined ? '–' : nameOf(existing),
                  isChanged: false,
                },
              ]
        }
        onEdit={() => onEdit('pool')}
      />
      {stepsOf(draft).includes('members') && (
        <SummaryGroup
          title={t.steps.members}
          rows={memberRows(draft.members, draft.monitor, context)}
          onEdit={() => onEdit('members')}
        />
      )}
    </>
  );
}
