import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Form } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { policyMessages } from './messages.ts';
import { firstRule, type RuleType, type RuleValues } from './policy-values.ts';
import { policyQuotas } from './queries.ts';
import { RuleRow } from './rule-row.tsx';

const basicTypes: readonly RuleType[] = ['HOST_NAME', 'PATH'];
const allTypes: readonly RuleType[] = [
  'HOST_NAME',
  'PATH',
  'METHOD',
  'HEADER',
  'QUERY_STRING',
  'COOKIE',
  'SOURCE_IP',
];
const repeatable: readonly RuleType[] = ['HEADER', 'QUERY_STRING', 'COOKIE'];

/** The conditions of a policy: types that may stand only once vanish from the choice as they are used. */
export function RulesField({ isAdvanced }: { readonly isAdvanced: boolean }) {
  const t = useMessages(policyMessages).rules;
  const form = Form.useFormInstance();
  const most = useQuery(policyQuotas).data?.conditions ?? 10;
  const rules = (Form.useWatch('rules', form) ?? []) as readonly Partial<RuleValues>[];
  const used = rules.map(({ type }) => type);
  const isFree = (type: RuleType): boolean => repeatable.includes(type) || !used.includes(type);
  const free = (isAdvanced ? allTypes : basicTypes).filter(isFree);
  const count = rules.reduce((sum, { conditions }) => sum + (conditions?.length ?? 0), 0);
  return (
    <fieldset className="pol-fieldset">
      <legend>{t.title}</legend>
      <p className="pol-hint">
        {t.all} <span className={most >= 0 && count > most ? 'pol-over' : ''}>{t.count(count, most)}</span>
      </p>
      <Form.List name="rules">
        {(rows, { add, remove }) => (
          <>
            {rows.length === 0 && <p className="pol-hint">{t.none}</p>}
            {rows.map((row) => (
              <RuleRow
                key={row.key}
                index={row.name}
                isAdvanced={isAdvanced}
                types={[
                  ...new Set([
                    ...(used[row.name] === undefined ? [] : [used[row.name] as RuleType]),
                    ...free,
                  ]),
                ]}
                onRemove={() => remove(row.name)}
              />
            ))}
            <Button
              icon={<PlusOutlined />}
              disabled={free.length === 0 || (most >= 0 && count >= most)}
              title={most >= 0 && count >= most ? t.full(most) : ''}
              onClick={() => add({ ...firstRule, type: free[0], compare_type: 'EQUAL_TO' })}
            >
              {t.add}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}
