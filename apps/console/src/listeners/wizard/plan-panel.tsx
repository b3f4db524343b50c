import type { ComposeBody, LoadBalancerWire, PlanAnswer } from '@elbow/api';
import type { FieldComplaint } from '@elbow/model';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useId } from 'react';
import { useSettled } from '../../certificates/use-settled.ts';
import { useLanguage, useMessages } from '../../i18n/use-messages.ts';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { poolById } from '../../load-balancers/named-queries.ts';
import { subnetList } from '../../load-balancers/queries.ts';
import { FailurePanel } from '../../shell/failure-panel.tsx';
import { StatusText } from '../../shell/status-dot.tsx';
import { planPreview } from '../queries.ts';
import { fieldMessages, wizardMessages } from '../texts/messages.ts';
import { PlanWarnings } from './plan-warnings.tsx';
import { ShortageAlert } from './shortage-alert.tsx';
import { pathOf } from './step-gate.ts';
import { shortageOf, subnetShort } from './use-remarks.ts';
import { fieldOfPath } from '../form/field-names.ts';
import type { WizardDraft } from './wizard-draft.ts';
import { serverSentence } from '../../server-words/server-words.ts';

export interface PlanPanelProps {
  readonly body: ComposeBody;
  readonly draft: WizardDraft;
  readonly loadBalancer: LoadBalancerWire;
  readonly onFix: (complaints: readonly FieldComplaint[]) => void;
}

const settledMs = 200;

/** What a submit will do. The server has tried it out, so that there are no surprises. */
export function PlanPanel({ body, draft, loadBalancer, onFix }: PlanPanelProps) {
  const t = useMessages(wizardMessages).confirm;
  const id = useId();
  const settled = useSettled(body, settledMs);
  const preview = useQuery(planPreview(settled));
  const plan = preview.data;
  return (
    <section className="plan" aria-labelledby={id}>
      <h2 id={id}>{t.plan}</h2>
      <PlanSteps draft={draft} loadBalancer={loadBalancer} />
      {preview.isError && <FailurePanel error={preview.error} onRetry={() => void preview.refetch()} />}
      {plan === undefined && !preview.isError && <StatusText tone="busy">{t.checking}</StatusText>}
      {plan?.valid === true && <StatusText tone="good">{t.fine}</StatusText>}
      {plan !== undefined && <PlanErrors plan={plan} loadBalancerId={loadBalancer.id} onFix={onFix} />}
      {plan !== undefined && <PlanWarnings warnings={plan.warnings} />}
    </section>
  );
}

function PlanSteps({ draft, loadBalancer }: Pick<PlanPanelProps, 'draft' | 'loadBalancer'>) {
  const t = useMessages(wizardMessages).confirm;
  const { listener, pool, members, monitor } = draft;
  const existing = useQuery(poolById(pool.default_pool_id ?? null)).data ?? undefined;
  const place = `${listener.protocol.toLowerCase()}://${loadBalancer.vip_address ?? '?'}:${listener.protocol_port}`;
  const isNew = pool.choice === 'new';
  const takesSource = useTakesSource(draft, loadBalancer);
  return (
    <>
      <ul className="plan-steps">
        <li>{t.creates.listener(place)}</li>
        {isNew && <li>{t.creates.pool(pool.name)}</li>}
        {isNew && members.length > 0 && <li>{t.creates.members(members.length)}</li>}
        {isNew && monitor.isOn && <li>{t.creates.check}</li>}
        {!isNew && existing !== undefined && <li>{t.creates.uses(nameOf(existing))}</li>}
        {takesSource && <li>{t.creates.source}</li>}
      </ul>
      <p className="lf-soft">{t.together}</p>
    </>
  );
}

/** HTTPS listeners take addresses of backend subnets; without one the host chooses where connections come from. */
function useTakesSource({ listener }: WizardDraft, { elb_virsubnet_ids: ids }: LoadBalancerWire): boolean {
  const subnets = useQuery(subnetList).data ?? [];
  const hasBackend = subnets.some(
    ({ is_backend: isBackend, network_id: id }) => isBackend && ids.includes(id),
  );
  return listener.protocol === 'HTTPS' && hasBackend;
}

interface PlanErrorsProps {
  readonly plan: PlanAnswer;
  readonly loadBalancerId: string;
  readonly onFix: PlanPanelProps['onFix'];
}

function PlanErrors({ plan, loadBalancerId, onFix }: PlanErrorsProps) {
  const t = useMessages(wizardMessages).confirm;
  const others = plan.errors.filter(({ code }) => code !== subnetShort);
  const complaints = others.flatMap(({ field, message }) =>
    field === null ? [] : [{ field, reason: message }],
  );
  return (
    <>
      <ShortageAlert shortage={shortageOf(plan)} loadBalancerId={loadBalancerId} />
      {others.length > 0 && (
        <Alert
          role="alert"
          type="error"
          showIcon
          title={t.refused}
          description={
            <ul>
              {others.map(({ field, message }) => (
                <li key={`${field} ${message}`}>
                  <ErrorText field={field} message={message} />
                </li>
              ))}
            </ul>
          }
          action={complaints.length > 0 && <Button onClick={() => onFix(complaints)}>{t.fix}</Button>}
        />
      )}
    </>
  );
}

/** The name of the field and the reason, both in the language of the page. */
function ErrorText({ field, message }: { readonly field: string | null; readonly message: string }) {
  const labels: Readonly<Record<string, string>> = useMessages(fieldMessages);
  const language = useLanguage();
  if (field === null) return serverSentence(message);
  const [part = '', ...path] = pathOf(field);
  const form = part === 'pool' || part === 'healthmonitor' ? part : 'listener';
  const key = fieldOfPath(form, path);
  return `${labels[key] ?? field}${language === 'zh' ? '：' : ': '}${serverSentence(message)}`;
}
