import { useMessages } from '../i18n/use-messages.ts';
import { FailureText } from '../shell/failure-panel.tsx';
import { StatusText, type Tone } from '../shell/status-dot.tsx';
import { type DemoStep, demoSteps } from './make-demo.ts';
import { firstVisitMessages } from './messages.ts';
import type { DemoProgress } from './use-demo.ts';

type StepState = 'waiting' | 'running' | 'done' | 'failed';

const tones: Readonly<Record<StepState, Tone>> = {
  waiting: 'off',
  running: 'busy',
  done: 'good',
  failed: 'bad',
};

/** What is being made, with the time that each part took. */
export function DemoStepList({ progress }: { readonly progress: DemoProgress }) {
  const t = useMessages(firstVisitMessages);
  return (
    <ol className="try-steps">
      {demoSteps.map((step) => {
        const state = stateOf(step, progress);
        const ms = progress.tookMs[step];
        return (
          <li key={step}>
            <StatusText tone={tones[state]}>{t.steps[step]}</StatusText>
            <span className="try-soft">{ms === undefined ? t.states[state] : t.ms(ms)}</span>
            {state === 'failed' && (
              <p role="alert">
                <FailureText error={progress.failed?.error} />
              </p>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function stateOf(step: DemoStep, { tookMs, running, failed }: DemoProgress): StepState {
  if (running === step) return 'running';
  if (failed?.step === step) return 'failed';
  return tookMs[step] === undefined ? 'waiting' : 'done';
}
