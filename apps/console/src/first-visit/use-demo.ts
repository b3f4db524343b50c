import { ApiError } from '@elbow/api';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { type DemoParts, type DemoStep, demoSteps, makePart } from './make-demo.ts';
import { firstVisitMessages } from './messages.ts';

export interface DemoProgress {
  /** Milliseconds of every step that is done. */
  readonly tookMs: Readonly<Partial<Record<DemoStep, number>>>;
  readonly running: DemoStep | null;
  readonly failed: { readonly step: DemoStep; readonly error: ApiError } | null;
}

const nothing: DemoProgress = { tookMs: {}, running: null, failed: null };

/** Makes the demo step by step. What was made before a failure is used by the next try. */
export function useDemo() {
  const { description } = useMessages(firstVisitMessages);
  const cache = useQueryClient();
  const [progress, setProgress] = useState(nothing);
  const parts = useRef<DemoParts>({});
  const isRunning = useRef(false);
  const run = useCallback(async (): Promise<void> => {
    if (isRunning.current) return;
    isRunning.current = true;
    setProgress((before) => ({ ...before, failed: null }));
    for (const step of demoSteps) {
      const beganMs = performance.now();
      setProgress((before) => ({ ...before, running: step }));
      try {
        parts.current = await makePart(step, parts.current, description);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        setProgress((before) => ({ ...before, running: null, failed: { step, error } }));
        isRunning.current = false;
        return;
      }
      const ms = Math.round(performance.now() - beganMs);
      setProgress((before) => ({ ...before, running: null, tookMs: { [step]: ms, ...before.tookMs } }));
    }
    isRunning.current = false;
    await cache.invalidateQueries();
  }, [cache, description]);
  return { progress, run };
}
