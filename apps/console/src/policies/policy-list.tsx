import type { ExplainAnswer, ListenerWire } from '@elbow/api';
import { DefaultCard } from './default-card.tsx';
import { PolicyCard } from './policy-card.tsx';
import { shadowOf, type WholePolicy } from './whole-policy.ts';

export interface PolicyListProps {
  readonly listener: ListenerWire;
  /** In the order in which requests try them. */
  readonly policies: readonly WholePolicy[];
  /** Of the request that was tried last, to be shown on the cards. */
  readonly explanation: ExplainAnswer | null;
  readonly canEdit: boolean;
  readonly onEdit: (policy: WholePolicy) => void;
  readonly onCopy: (policy: WholePolicy) => void;
  readonly onDelete: (policy: WholePolicy) => void;
}

/** Every policy as a card in its place; the default, which takes what is left, comes last. */
export function PolicyList({ listener, policies, explanation, ...rest }: PolicyListProps) {
  return (
    <ol className="pol-list">
      {policies.map((policy, index) => (
        <li key={policy.id}>
          <PolicyCard
            policy={policy}
            number={index + 1}
            shadow={shadowOf(policy, policies)}
            explanation={explanation}
            {...rest}
          />
        </li>
      ))}
      <li key="default">
        <DefaultCard listener={listener} explanation={explanation} />
      </li>
    </ol>
  );
}
