import type { ExplainAnswer } from '@elbow/api';
import { useMessages } from '../i18n/use-messages.ts';
import { StatusText } from '../shell/status-dot.tsx';
import { policyMessages } from './messages.ts';
import type { WholePolicy } from './whole-policy.ts';

export interface TracedPoliciesProps {
  readonly explanation: ExplainAnswer;
  readonly policies: readonly WholePolicy[];
}

/** The way through the policies, one after the other, to the one that took the request. */
export function TracedPolicies({ explanation, policies }: TracedPoliciesProps) {
  const t = useMessages(policyMessages);
  const nameOfPolicy = (id: string): string => {
    const index = policies.findIndex((one) => one.id === id);
    return policies[index]?.name || (index < 0 ? id : t.position(index + 1));
  };
  return (
    <>
      <h4>{t.tryIt.traced}</h4>
      <ol className="pol-trace">
        {explanation.tried.map(({ policy_id: id, matched }) => (
          <li key={id}>
            <span>{nameOfPolicy(id)}</span>
            <StatusText tone={matched ? 'good' : 'off'}>{matched ? t.tryIt.wins : t.tryIt.loses}</StatusText>
          </li>
        ))}
        {explanation.decision.policy_id === null && <li>{t.tryIt.defaultWins}</li>}
      </ol>
    </>
  );
}
