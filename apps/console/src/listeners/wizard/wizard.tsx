import type { FieldComplaint } from '@elbow/model';
import { useCallback, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { HelpKey } from '../texts/messages.ts';
import { useDraft } from '../../fields/use-draft.ts';
import { HelpAside } from './help-aside.tsx';
import { ProgressPanel } from './progress-panel.tsx';
import { StepConfirm } from './step-confirm.tsx';
import type { StepGate } from './step-gate.ts';
import { StepList } from './step-list.tsx';
import { StepListener } from './step-listener.tsx';
import { StepMembers } from './step-members.tsx';
import { StepPool } from './step-pool.tsx';
import { useCompose } from './use-compose.ts';
import type { Surroundings } from './use-remarks.ts';
import { useStep } from './use-step.ts';
import { WizardButtons } from './wizard-buttons.tsx';
import { type Step, steps as allSteps, stepsOf, type WizardDraft } from './wizard-draft.ts';
import './wizard.css';

export interface WizardProps {
  readonly around: Surroundings;
  readonly initial: WizardDraft;
}

/** From nothing to a listener that serves, in four steps that can be left and come back to. */
export function Wizard({ around, initial }: WizardProps) {
  const { loadBalancer } = around;
  const { value: draft, keep, discard } = useDraft(`listener:new:${loadBalancer.id}`, initial);
  const { step, go, next, previous } = useStep(draft);
  const gate = useRef<StepGate>(null);
  const [complaints, setComplaints] = useState<readonly FieldComplaint[]>([]);
  const [isAdvancedOpen, setAdvancedOpen] = useState(false);
  const [field, setField] = useState<HelpKey | null>(null);
  const navigate = useNavigate();
  const compose = useCompose(loadBalancer.id, discard);
  const change = useCallback((part: Partial<WizardDraft>) => keep({ ...draft, ...part }), [draft, keep]);
  const goTo = async (wanted: Step): Promise<void> => {
    setComplaints([]);
    const isForward = allSteps.indexOf(wanted) > allSteps.indexOf(step);
    if (isForward && gate.current !== null && !(await gate.current.check())) return;
    if (isForward && allSteps.indexOf(wanted) > allSteps.indexOf(draft.reached))
      keep({ ...draft, reached: wanted });
    go(wanted);
  };
  const fix = (wrong: readonly FieldComplaint[]): void => {
    setComplaints(wrong);
    go(stepOf(wrong[0]?.field ?? ''));
  };
  const submit = async (): Promise<void> => {
    const refused = await compose.submit(draft);
    if (refused.length > 0) fix(refused);
  };
  const cancel = (): void => {
    discard();
    void navigate(`/lbs/${loadBalancer.id}/listeners`);
  };
  const shared = { draft, onChange: change, ref: gate, complaints };
  return (
    <div className="wz">
      <StepList steps={stepsOf(draft)} current={step} reached={draft.reached} onGo={(to) => void goTo(to)} />
      <div className="wz-grid" onFocusCapture={({ target }) => setField(fieldAt(target) ?? field)}>
        <div className="wz-main">
          {step === 'listener' && (
            <StepListener
              {...shared}
              around={around}
              isAdvancedOpen={isAdvancedOpen}
              onAdvanced={setAdvancedOpen}
            />
          )}
          {step === 'pool' && <StepPool {...shared} loadBalancerId={loadBalancer.id} />}
          {step === 'members' && <StepMembers {...shared} />}
          {step === 'confirm' && (
            <StepConfirm
              draft={draft}
              loadBalancer={loadBalancer}
              error={compose.error}
              onChange={change}
              onEdit={(to) => go(to)}
              onFix={fix}
            />
          )}
          <WizardButtons
            draft={draft}
            step={step}
            isBusy={compose.isRunning}
            onCancel={cancel}
            onPrevious={previous === null ? null : () => go(previous)}
            onNext={next === null ? null : () => void goTo(next)}
            onSubmit={() => void submit()}
          />
        </div>
        {step !== 'confirm' && (
          <HelpAside field={field} onField={setField} onAdvanced={() => setAdvancedOpen(true)} />
        )}
      </div>
      {compose.startedMs !== null && <ProgressPanel startedMs={compose.startedMs} />}
    </div>
  );
}

/** The field that something on the page belongs to. */
function fieldAt(target: Element): HelpKey | null {
  return (target.closest('[data-field]')?.getAttribute('data-field') as HelpKey | null) ?? null;
}

function stepOf(field: string): Step {
  if (field.startsWith('members') || field.startsWith('healthmonitor')) return 'members';
  return field.startsWith('pool') || field === 'listener.default_pool_id' ? 'pool' : 'listener';
}
