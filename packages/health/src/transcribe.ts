import { type CheckTranscript, mostTranscriptSteps, type TranscriptStep } from '@elbow/plan';
import type { CheckTarget } from './check-target.ts';
import { Probe } from './probe.ts';

/** Longest text of one step; some of it may come from the member. */
const mostStepText = 500;

/** Makes one check now and tells step by step what happened. Comes to an end within the timeout of the check. */
export function transcribe(target: CheckTarget, nowMs: () => number): Promise<CheckTranscript> {
  const startMs = nowMs();
  const steps: TranscriptStep[] = [];
  return new Promise((resolve) => {
    // oxlint-disable-next-line no-new -- it lives until its outcome
    new Probe(target, {
      onStep: (text) => {
        if (steps.length < mostTranscriptSteps)
          steps.push({ atMs: Math.round(nowMs() - startMs), text: text.slice(0, mostStepText) });
      },
      onOutcome: (outcome) =>
        resolve({
          isHealthy: outcome.kind === 'healthy',
          reason: outcome.kind === 'failed' ? outcome.reason : null,
          steps,
        }),
    });
  });
}
