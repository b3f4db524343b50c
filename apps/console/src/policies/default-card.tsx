import type { ExplainAnswer, ListenerWire } from '@elbow/api';
import { useMessages } from '../i18n/use-messages.ts';
import { policyMessages } from './messages.ts';
import { PoolLink } from './pool-link.tsx';
import { TriedBadge } from './tried-badge.tsx';
import { outcomeOf } from './tried-policy.ts';

export interface DefaultCardProps {
  readonly listener: ListenerWire;
  readonly explanation: ExplainAnswer | null;
}

/** What happens to requests that no policy takes. Always last; it cannot be moved. */
export function DefaultCard({ listener, explanation }: DefaultCardProps) {
  const t = useMessages(policyMessages);
  const outcome = outcomeOf(explanation, null);
  return (
    <article className={`pol-card pol-card-default pol-card-${outcome}`} aria-label={t.defaultName}>
      <span className="pol-number" aria-hidden="true">
        ∗
      </span>
      <header className="pol-head">
        <h3>{t.defaultName}</h3>
        <TriedBadge outcome={outcome} />
      </header>
      <div className="pol-body">
        <section>
          <h4>{t.otherwise}</h4>
          <p>{t.anyRequest}</p>
        </section>
        <section>
          <h4>{t.thenTitle}</h4>
          {listener.default_pool_id === null ? (
            <p>{t.defaultNone}</p>
          ) : (
            <p>
              {t.words2.to} <PoolLink id={listener.default_pool_id} />
            </p>
          )}
        </section>
      </div>
    </article>
  );
}
