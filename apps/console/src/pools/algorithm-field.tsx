import { Form, Radio } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { poolMessages } from './messages.ts';

export const algorithms = ['ROUND_ROBIN', 'LEAST_CONNECTIONS', 'SOURCE_IP'] as const;

/** The ways to spread requests, each with what it does. */
export function AlgorithmField({ hasLabel = true }: { readonly hasLabel?: boolean }) {
  const t = useMessages(poolMessages);
  return (
    <Form.Item name="lb_algorithm" {...(hasLabel ? { label: t.form.algorithm } : {})}>
      <Radio.Group className="pool-choices" aria-label={t.form.algorithm}>
        {algorithms.map((value) => (
          <Radio key={value} value={value}>
            <span>{t.algorithms[value]}</span>
            <span className="cell-sub">{t.algorithmTexts[value]}</span>
          </Radio>
        ))}
      </Radio.Group>
    </Form.Item>
  );
}
