import { CheckOutlined } from '@ant-design/icons';
import { useMessages } from '../../i18n/use-messages.ts';
import { wizardMessages } from '../texts/messages.ts';
import type { Step } from './wizard-draft.ts';

export interface StepListProps {
  readonly steps: readonly Step[];
  readonly current: Step;
  /** The last one that can be gone to. */
  readonly reached: Step;
  readonly onGo: (step: Step) => void;
}

/** Where one is, what is done and what is to come. Done steps lead back. */
export function StepList({ steps, current, reached, onGo }: StepListProps) {
  const t = useMessages(wizardMessages);
  const here = steps.indexOf(current);
  const furthest = Math.max(here, steps.indexOf(reached));
  return (
    <nav aria-label={t.stepsLabel} className="wz-steps">
      <ol>
        {steps.map((step, at) => {
          const isDone = at < furthest && at !== here;
          return (
            <li key={step} className={at === here ? 'wz-step wz-step-here' : 'wz-step'}>
              <button
                type="button"
                disabled={at > furthest || at === here}
                onClick={() => onGo(step)}
                {...(at === here ? { 'aria-current': 'step' as const } : {})}
              >
                <span className={isDone ? 'wz-number wz-number-done' : 'wz-number'}>
                  {isDone ? <CheckOutlined /> : at + 1}
                </span>
                <span className="wz-step-name">{t.steps[step]}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
