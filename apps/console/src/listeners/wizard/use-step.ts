import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { type Step, steps as allSteps, stepsOf, type WizardDraft } from './wizard-draft.ts';

export interface Place {
  readonly step: Step;
  readonly previous: Step | null;
  readonly next: Step | null;
  readonly go: (step: Step) => void;
}

/** The step stands in the address, so that back and forward of the browser go from step to step. */
export function useStep(draft: WizardDraft): Place {
  const [params, setParams] = useSearchParams();
  const asked = allSteps.find((step) => step === params.get('step')) ?? 'listener';
  const steps = stepsOf(draft);
  // Nobody gets past what has not been filled in yet, whatever the address says.
  const isReached = allSteps.indexOf(asked) <= allSteps.indexOf(draft.reached);
  const step = isReached && steps.includes(asked) ? asked : 'listener';
  const at = steps.indexOf(step);
  const go = useCallback(
    (to: Step) => {
      setParams(to === 'listener' ? {} : { step: to });
      window.scrollTo({ top: 0 });
    },
    [setParams],
  );
  return { step, previous: steps[at - 1] ?? null, next: steps[at + 1] ?? null, go };
}
