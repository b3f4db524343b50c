import { Button } from 'antd';
import { useMessages } from '../../i18n/use-messages.ts';
import { shellMessages } from '../../shell/messages.ts';
import { wizardMessages } from '../texts/messages.ts';
import { type Step, stepsOf, type WizardDraft } from './wizard-draft.ts';

export interface WizardButtonsProps {
  readonly draft: WizardDraft;
  readonly step: Step;
  readonly isBusy: boolean;
  readonly onCancel: () => void;
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  readonly onSubmit: () => void;
}

/** At the foot of every step, always in sight. */
export function WizardButtons(props: WizardButtonsProps) {
  const { draft, step, isBusy, onCancel, onPrevious, onNext, onSubmit } = props;
  const t = useMessages(wizardMessages);
  const { cancel } = useMessages(shellMessages).actions;
  const steps = stepsOf(draft);
  const following = steps[steps.indexOf(step) + 1];
  return (
    <div className="wz-buttons">
      <Button onClick={onCancel} disabled={isBusy}>
        {cancel}
      </Button>
      <span className="wz-buttons-space" />
      {onPrevious !== null && (
        <Button onClick={onPrevious} disabled={isBusy}>
          {t.previous}
        </Button>
      )}
      {onNext !== null && following !== undefined && (
        <Button type="primary" onClick={onNext} aria-label={t.next(t.steps[following])}>
          <span className="wz-next-long">{t.next(t.steps[following])}</span>
          <span className="wz-next-short">{t.nextShort}</span>
        </Button>
      )}
      {step === 'confirm' && (
        <Button type="primary" onClick={onSubmit} loading={isBusy}>
          {t.submit}
        </Button>
      )}
    </div>
  );
}
