import { type ApiError, type Answer, type ComposeBody, type ComposedAnswer } from '@elbow/api';
import type { FieldComplaint } from '@elbow/model';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { client } from '../../api/client.ts';
import { useWrite } from '../../api/use-write.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { wizardMessages } from '../texts/messages.ts';
import { composeBody } from './compose-body.ts';
import type { WizardDraft } from './wizard-draft.ts';

export interface Compose {
  /** Resolves to what the server complains about; nothing when it went through. */
  readonly submit: (draft: WizardDraft) => Promise<readonly FieldComplaint[]>;
  readonly isRunning: boolean;
  /** When the running one was sent, as `performance.now()` counts. */
  readonly startedMs: number | null;
  readonly error: ApiError | null;
}

/** What the detail page is told about how it came to be. */
export interface Arrival {
  readonly liveMs: number | 'pending';
}

/** Makes everything of a draft in one call, and leads to the listener once workers serve it. */
export function useCompose(loadBalancerId: string, onDone: () => void): Compose {
  const t = useMessages(wizardMessages);
  const navigate = useNavigate();
  const [startedMs, setStarted] = useState<number | null>(null);
  const live = useRef<Answer<unknown>['live']>(null);
  const failure = useRef('');
  const write = useWrite<ComposeBody, ComposedAnswer>({
    call: async (body) => {
      try {
        const answer = await client.composeListener({ body });
        live.current = answer.live;
        return answer;
      } catch (error) {
        failure.current = (error as ApiError).message;
        throw error;
      }
    },
    said: (_, { listener }) => t.created(listener?.name ?? ''),
    concerns: (_, { listener }) => (listener === null ? [] : [listener.id]),
    onDone: ({ listener }) => {
      onDone();
      const arrival: Arrival = { liveMs: live.current ?? 'pending' };
      void navigate(`/listeners/${listener?.id}/summary`, { replace: true, state: arrival });
    },
  });
  return {
    submit: async (draft) => {
      failure.current = '';
      setStarted(performance.now());
      const done = await write.run(composeBody(draft, loadBalancerId));
      setStarted(null);
      return done === null ? fullComplaints(failure.current) : [];
    },
    isRunning: write.isRunning,
    startedMs,
    error: write.error,
  };
}

const complaint = /^invalid input for field ([^\s:]+): (.*)$/s;

/** With the part of the body in front, which tells the name of the listener from that of its group. */
export function fullComplaints(message: string): readonly FieldComplaint[] {
  return message.split(/; (?=invalid input for field )/).flatMap((part) => {
    const [, field, reason] = complaint.exec(part) ?? [];
    return field === undefined || reason === undefined ? [] : [{ field, reason }];
  });
}
