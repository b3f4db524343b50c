import type { PlanAnswer } from '@elbow/api';
import { useId } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { StatusDot } from '../../shell/status-dot.tsx';
import { wizardMessages } from '../texts/messages.ts';
import { serverSentence } from '../../server-words/server-words.ts';

/** What is allowed and probably not meant. Nothing of it holds a submit back. */
export function PlanWarnings({ warnings }: { readonly warnings: PlanAnswer['warnings'] }) {
  const t = useMessages(wizardMessages);
  const id = useId();
  if (warnings.length === 0) return null;
  return (
    <div className="plan-warnings" role="status" aria-labelledby={id}>
      <h3 id={id}>{t.confirm.warnings}</h3>
      <ul>
        {warnings.map(({ code, message }) => (
          <li key={`${code} ${message}`}>
            <StatusDot tone="warn" />
            <span>
              <span className="plan-warning-title">{t.warning[code]}</span>
              <span className="lf-soft">{serverSentence(message)}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
