import { CloseOutlined } from '@ant-design/icons';
import { checkRule } from '@elbow/model';
import { Button, Form, Input, Select } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { Chips } from './chips.tsx';
import { ExpressionTest } from './expression-test.tsx';
import { policyMessages } from './messages.ts';
import type { RuleType, RuleValues } from './policy-values.ts';
import { reasonOf } from './reason-of.ts';

export interface RuleRowProps {
  readonly index: number;
  readonly isAdvanced: boolean;
  /** To choose from here. */
  readonly types: readonly RuleType[];
  readonly onRemove: () => void;
}

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];
const keyed: readonly RuleType[] = ['HEADER', 'QUERY_STRING', 'COOKIE'];

/** One condition: what is looked at, how it is compared, and with which values. */
export function RuleRow({ index, isAdvanced, types, onRemove }: RuleRowProps) {
  const t = useMessages(policyMessages);
  const form = Form.useFormInstance();
  const rule = (Form.useWatch(['rules', index], form) ?? {}) as Partial<RuleValues>;
  const type = rule.type ?? 'PATH';
  const number = index + 1;
  // What the old type compared with means nothing to the new one.
  const clear = (): void => {
    const cleared = { compare_type: 'EQUAL_TO', key: '', conditions: [] };
    for (const [field, value] of Object.entries(cleared)) form.setFieldValue(['rules', index, field], value);
  };
  const validator = async (_: unknown, values: readonly string[] = []): Promise<void> => {
    const problem = checkRule('rule', judged(form.getFieldValue(['rules', index]), values), isAdvanced);
    if (problem !== null) throw new Error(reasonOf(problem.message));
  };
  return (
    <div className="pol-rule">
      <div className="pol-rule-head">
        <Form.Item name={[index, 'type']} noStyle>
          <Select
            aria-label={t.rules.type(number)}
            options={types.map((value) => ({ value, label: t.types[value] }))}
            onChange={clear}
          />
        </Form.Item>
        <Operator index={index} type={type} />
        <Button type="text" icon={<CloseOutlined />} aria-label={t.rules.remove(number)} onClick={onRemove} />
      </div>
      {keyed.includes(type) && (
        <Form.Item name={[index, 'key']} noStyle>
          <Input
            className="mono"
            aria-label={t.rules.key(number)}
            placeholder={t.keyLabels[type as keyof typeof t.keyLabels]}
            autoComplete="off"
            onBlur={() => void form.validateFields([['rules', index, 'conditions']]).catch(() => {})}
          />
        </Form.Item>
      )}
      <Form.Item
        name={[index, 'conditions']}
        rules={[{ validator }]}
        validateTrigger={['onBlur', 'onChange']}
        extra={hintOf(rule, t.hints)}
        className="pol-rule-values"
      >
        <Chips
          label={t.rules.values(number)}
          placeholder={t.rules.valuesPlaceholder}
          most={isAdvanced ? 10 : 1}
          {...(type === 'METHOD' ? { choices: methods } : {})}
        />
      </Form.Item>
      {type === 'PATH' && rule.compare_type === 'REGEX' && (
        <ExpressionTest expressions={rule.conditions ?? []} />
      )}
    </div>
  );
}

function Operator({ index, type }: { readonly index: number; readonly type: RuleType }) {
  const t = useMessages(policyMessages);
  const form = Form.useFormInstance();
  const plain = t.operatorPlain[type as keyof typeof t.operatorPlain] ?? t.operatorPlain.other;
  const options = (['EQUAL_TO', 'STARTS_WITH', 'REGEX'] as const).map((value) => ({
    value,
    label: type === 'PATH' ? t.operators[value] : plain,
  }));
  return (
    <Form.Item name={[index, 'compare_type']} noStyle>
      <Select
        aria-label={t.rules.operator(index + 1)}
        disabled={type !== 'PATH'}
        options={options}
        onChange={() => void form.validateFields([['rules', index, 'conditions']]).catch(() => {})}
      />
    </Form.Item>
  );
}

function judged(rule: RuleValues, values: readonly string[]) {
  const conditions = values.map((value) => ({ key: rule.key ?? '', value }));
  // One value alone may stand in the older form, which basic forwarding takes too.
  const isOne = conditions.length === 1 && (rule.key ?? '') === '';
  return {
    type: rule.type,
    compareType: rule.compare_type,
    key: null,
    value: isOne ? (values[0] ?? '') : '',
    conditions: isOne ? [] : conditions,
  };
}

function hintOf(
  { type = 'PATH', compare_type: operator }: Partial<RuleValues>,
  hints: Record<string, string>,
) {
  return type === 'PATH' && operator === 'REGEX' ? hints['PATH_REGEX'] : hints[type];
}
