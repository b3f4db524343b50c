import type { L7RuleWire } from '@elbow/api';
import { conditionsOf } from '@elbow/model';
import { useMessages } from '../i18n/use-messages.ts';
import { type PolicyMessages, policyMessages } from './messages.ts';

/** Conditions as a person says them: `Path begins with /api or /v2`. */
export function RuleWords({ rules }: { readonly rules: readonly L7RuleWire[] }) {
  const t = useMessages(policyMessages);
  if (rules.length === 0) return <p>{t.ifNothing}</p>;
  return (
    <ul className="pol-words">
      {rules.map((rule) => (
        <li key={rule.id}>
          {sayingOf(rule, t)} <Values values={conditionsOf(rule).map(({ value }) => value)} />
        </li>
      ))}
    </ul>
  );
}

function sayingOf(rule: L7RuleWire, { words: t }: PolicyMessages): string {
  const key = conditionsOf(rule)[0]?.key ?? '';
  switch (rule.type) {
    case 'PATH':
      return rule.compare_type === 'EQUAL_TO' ? t.PATH : t[`PATH_${rule.compare_type}`];
    case 'HEADER':
    case 'QUERY_STRING':
    case 'COOKIE':
      return t[rule.type](key);
    default:
      return t[rule.type];
  }
}

export function Values({ values }: { readonly values: readonly string[] }) {
  const { or } = useMessages(policyMessages);
  return values.map((value, index) => (
    <span key={value}>
      {index > 0 && ` ${or} `}
      <code className="pol-chip">{value}</code>
    </span>
  ));
}
