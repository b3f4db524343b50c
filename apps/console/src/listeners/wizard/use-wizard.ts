import type { FieldComplaint } from '@elbow/model';
import { type RefObject, useCallback, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useDraft } from '../../fields/use-draft.ts';
import type { StepGate } from './step-gate.ts';
import { type Compose, useCompose } from './use-compose.ts';
import { type Place, useStep } from './use-step.ts';
import { type Step, steps as allSteps, type WizardDraft } from './wizard-draft.ts';

export interface WizardState {
  readonly draft: WizardDraft;
  readonly change: (part: Partial<WizardDraft>) => void;
  readonly place: Place;
  /** Of the step on the page. */
  readonly gate: RefObject<StepGate | null>;
  readonly complaints: readonly FieldComplaint[];
  readonly compose: Compose;
  /** Forward only through the gate of the step; back always. */
  readonly goTo: (step: Step) => Promise<void>;
  /** Leads to the step that the first complaint is about. */
  readonly fix: (complaints: readonly FieldComplaint[]) => void;
  readonly submit: () => Promise<void>;
  readonly cancel: () => void;
}

/** What is filled in, where one is, and what happens next. */
export function useWizard(loadBalancerId: string, initial: WizardDraft): WizardState {
  const { value: draft, keep, discard } = useDraft(`listener:new:${loadBalancerId}`, initial);
  const place = useStep(draft);
  const gate = useRef<StepGate>(null);
  const [complaints, setComplaints] = useState<readonly FieldComplaint[]>([]);
  const navigate = useNavigate();
  const compose = useCompose(loadBalancerId, discard);
  const change = useCallback((part: Partial<WizardDraft>) => keep({ ...draft, ...part }), [draft, keep]);
  const fix = (wrong: readonly FieldComplaint[]): void => {
    setComplaints(wrong);
    place.go(stepOf(wrong[0]?.field ?? ''));
  };
  const goTo = async (wanted: Step): Promise<void> => {
    setComplaints([]);
    const isForward = allSteps.indexOf(wanted) > allSteps.indexOf(place.step);
    if (isForward && gate.current !== null && !(await gate.current.check())) return;
    if (isForward && allSteps.indexOf(wanted) > allSteps.indexOf(draft.reached)) change({ reached: wanted });
    place.go(wanted);
  };
  return {
    draft,
    change,
    place,
    gate,
    complaints,
    compose,
    goTo,
    fix,
    submit: async () => {
      const refused = await compose.submit(draft);
      if (refused.length > 0) fix(refused);
    },
    cancel: () => {
      discard();
      void navigate(`/lbs/${loadBalancerId}/listeners`);
    },
  };
}

function stepOf(field: string): Step {
  if (field.startsWith('members') || field.startsWith('healthmonitor')) return 'members';
  return field.startsWith('pool') || field === 'listener.default_pool_id' ? 'pool' : 'listener';
}
