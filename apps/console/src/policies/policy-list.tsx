import type { ExplainAnswer, ListenerWire } from '@elbow/api';
import { useMemo } from 'react';
import { DefaultCard } from './default-card.tsx';
import { PolicyCard } from './policy-card.tsx';
import { shadowsOf, type WholePolicy } from './whole-policy.ts';

export interface PolicyListProps {
  readonly listener: ListenerWire;
  /** In the order in which requests try them. */
  readonly policies: readonly WholePolicy[];
  /** Those of them that are shown now. */
  readonly shown: readonly WholePolicy[];
  /** Of the request that was tried last, to be shown on the cards. */
  readonly explanation: ExplainAnswer | null;
  readonly canEdit: boolean;
  readonly selected: readonly WholePolicy[];
  readonly onSelect: (policies: readonly WholePolicy[]) => void;
  readonly onEdit: (policy: WholePolicy) => void;
  readonly onCopy: (policy: WholePolicy) => void;
  readonly onDelete: (policy: WholePolicy) => void;
}

/** Policies as cards in their places; the default, which takes what is left, comes last. */
export function PolicyList(props: PolicyListProps) {
  const { listener, policies, shown, explanation, selected, onSelect, ...rest } = props;
  const shadows = useMemo(() => shadowsOf(policies), [policies]);
  const places = useMemo(() => new Map(policies.map(({ id }, index) => [id, index + 1])), [policies]);
  const chosen = new Set(selected.map(({ id }) => id));
  const toggle = (policy: WholePolicy): void =>
    onSelect(chosen.has(policy.id) ? selected.filter(({ id }) => id !== policy.id) : [...selected, policy]);
  return (
    <ol className="pol-list">
      {withWinner(shown, policies, explanation).map((policy) => (
        <li key={policy.id}>
          <PolicyCard
            policy={policy}
            number={places.get(policy.id) ?? 0}
            shadow={shadows.get(policy.id) ?? null}
            explanation={explanation}
            isSelected={chosen.has(policy.id)}
            onToggle={() => toggle(policy)}
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

/** The one that takes the tried request is shown, whatever page it is on. */
function withWinner(
  shown: readonly WholePolicy[],
  policies: readonly WholePolicy[],
  explanation: ExplainAnswer | null,
): readonly WholePolicy[] {
  const winner = policies.find(({ id }) => id === explanation?.decision.policy_id);
  const [first] = shown;
  if (winner === undefined || first === undefined || shown.includes(winner)) return shown;
  return policies.indexOf(winner) < policies.indexOf(first) ? [winner, ...shown] : [...shown, winner];
}
