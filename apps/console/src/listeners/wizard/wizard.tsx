import { useState } from 'react';
import { helpFor } from '../texts/help-for.ts';
import type { HelpKey } from '../texts/messages.ts';
import { HelpAside } from './help-aside.tsx';
import { ProgressPanel } from './progress-panel.tsx';
import { StepConfirm } from './step-confirm.tsx';
import { StepList } from './step-list.tsx';
import { StepListener } from './step-listener.tsx';
import { StepMembers } from './step-members.tsx';
import { StepPool } from './step-pool.tsx';
import type { Surroundings } from './use-remarks.ts';
import { useWizard, type WizardState } from './use-wizard.ts';
import { WizardButtons } from './wizard-buttons.tsx';
import { stepsOf, type WizardDraft } from './wizard-draft.ts';
import './wizard.css';

export interface WizardProps {
  readonly around: Surroundings;
  readonly initial: WizardDraft;
}

/** From nothing to a listener that serves, in four steps that can be left and come back to. */
export function Wizard({ around, initial }: WizardProps) {
  const wizard = useWizard(around.loadBalancer.id, initial);
  const [isAdvancedOpen, setAdvancedOpen] = useState(false);
  const [field, setField] = useState<HelpKey | null>(null);
  const { draft, place, compose } = wizard;
  const { step, previous, next } = place;
  return (
    <div className="wz">
      <StepList
        steps={stepsOf(draft)}
        current={step}
        reached={draft.reached}
        onGo={(to) => void wizard.goTo(to)}
      />
      <div className="wz-grid" onFocusCapture={({ target }) => setField(fieldAt(target) ?? field)}>
        <div className="wz-main">
          <CurrentStep
            key={step}
            wizard={wizard}
            around={around}
            isAdvancedOpen={isAdvancedOpen}
            onAdvanced={setAdvancedOpen}
          />
          <WizardButtons
            draft={draft}
            step={step}
            isBusy={compose.isRunning}
            onCancel={wizard.cancel}
            onPrevious={previous === null ? null : () => void wizard.goTo(previous)}
            onNext={next === null ? null : () => void wizard.goTo(next)}
            onSubmit={() => void wizard.submit()}
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

interface CurrentStepProps {
  readonly wizard: WizardState;
  readonly around: Surroundings;
  readonly isAdvancedOpen: boolean;
  readonly onAdvanced: (isOpen: boolean) => void;
}

function CurrentStep({ wizard, around, isAdvancedOpen, onAdvanced }: CurrentStepProps) {
  const { draft, change, gate, complaints, place, compose, fix } = wizard;
  const shared = { draft, onChange: change, ref: gate, complaints };
  switch (place.step) {
    case 'listener':
      return <StepListener {...shared} {...{ around, isAdvancedOpen, onAdvanced }} />;
    case 'pool':
      return <StepPool {...shared} loadBalancerId={around.loadBalancer.id} />;
    case 'members':
      return <StepMembers {...shared} />;
    case 'confirm':
      return (
        <StepConfirm
          draft={draft}
          loadBalancer={around.loadBalancer}
          error={compose.error}
          onChange={change}
          onEdit={place.go}
          onFix={fix}
        />
      );
  }
}

/** The field that something on the page belongs to. */
function fieldAt(target: Element): HelpKey | null {
  return helpFor(target.closest('[data-field]')?.getAttribute('data-field') ?? '');
}
