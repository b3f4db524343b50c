import type { ExplainedPolicy } from '@elbow/api';
import { useMessages } from '../i18n/use-messages.ts';
import { policyMessages } from './messages.ts';

type Condition = ExplainedPolicy['conditions'][number];

/** Which of its conditions kept a policy from taking the request. */
export function WhyNot({ trace }: { readonly trace: ExplainedPolicy | null }) {
  const { tryIt: t, or } = useMessages(policyMessages);
  if (trace === null) return null;
  const failed = trace.conditions.filter(({ matched }) => !matched);
  const text = ({ type, key, expected, seen }: Condition): string => {
    const label = t.conditionTypes[type as keyof typeof t.conditionTypes];
    const what = key === null || key === '' ? label : `${label} ${key}`;
    return t.expected(what, textsOf(expected).join(` ${or} `), textsOf(seen).join(', ') || t.nothingSeen);
  };
  const texts = failed.map(text);
  return (
    <ul className="pol-why">
      {(texts.length === 0 ? [t.noConditions] : texts).map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
}

function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}
