import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, InputNumber, Select } from 'antd';
import { NumberField } from '../fields/number-field.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { policyMessages } from './messages.ts';
import type { PolicyValues } from './policy-values.ts';
import { policyQuotas } from './queries.ts';
import { usePoolChoices } from './use-pool-choices.ts';
import { percentOf } from './whole-policy.ts';

export interface ForwardFieldsProps {
  readonly isAdvanced: boolean;
  readonly protocol: string;
}

type Share = PolicyValues['redirect_pools_config'][number];

/** One to five server groups by weight, and whether clients stay with theirs. */
export function ForwardFields({ isAdvanced }: ForwardFieldsProps) {
  const t = useMessages(policyMessages).forward;
  const form = Form.useFormInstance();
  const most = useQuery(policyQuotas).data?.pools ?? 5;
  const shares = (Form.useWatch('redirect_pools_config', form) ?? []) as readonly Share[];
  const isSticky = Form.useWatch(['redirect_pools_sticky_session_config', 'enable'], form) === true;
  const isNothing = shares.length > 0 && shares.every(({ weight }) => weight === 0);
  return (
    <>
      <Form.List name="redirect_pools_config">
        {(rows, { add, remove }) => (
          <div className="pol-shares" role="group" aria-label={t.pools}>
            {rows.map((row) => (
              <ShareRow
                key={row.key}
                index={row.name}
                shares={shares}
                isWeighted={isAdvanced}
                {...(rows.length > 1 ? { onRemove: () => remove(row.name) } : {})}
              />
            ))}
            {isAdvanced && (
              <Button
                icon={<PlusOutlined />}
                disabled={most >= 0 && rows.length >= most}
                onClick={() => add({ weight: 1 })}
              >
                {most < 0 ? t.add : `${t.add} ${rows.length}/${most}`}
              </Button>
            )}
          </div>
        )}
      </Form.List>
      {isNothing && <Alert type="warning" showIcon title={t.nothing} className="pol-alert" />}
      {isAdvanced && shares.length > 1 && (
        <SwitchField
          name={['redirect_pools_sticky_session_config', 'enable']}
          label={t.sticky}
          help={t.stickyHelp}
        />
      )}
      {isAdvanced && shares.length > 1 && isSticky && (
        <NumberField
          name={['redirect_pools_sticky_session_config', 'timeout']}
          label={t.minutes}
          min={1}
          max={1440}
          unit="min"
        />
      )}
    </>
  );
}

interface ShareRowProps {
  readonly index: number;
  readonly shares: readonly Share[];
  readonly isWeighted: boolean;
  readonly onRemove?: () => void;
}

function ShareRow({ index, shares, isWeighted, onRemove }: ShareRowProps) {
  const t = useMessages(policyMessages).forward;
  const elsewhere = shares.flatMap(({ pool_id: id }, at) => (at === index || id === undefined ? [] : [id]));
  const own = shares[index]?.pool_id;
  const choices = usePoolChoices(own === undefined ? [] : [own], elsewhere);
  const weights = shares.map(({ weight }) => weight ?? 0);
  return (
    <div className="pol-share">
      <Form.Item name={[index, 'pool_id']} rules={[{ required: true, message: t.choose }]}>
        <Select aria-label={t.pool(index + 1)} placeholder={t.choose} {...choices} />
      </Form.Item>
      {isWeighted && (
        <Form.Item name={[index, 'weight']}>
          <InputNumber
            aria-label={t.weight(index + 1)}
            min={0}
            max={100}
            precision={0}
            className="pol-weight"
          />
        </Form.Item>
      )}
      {isWeighted && <span className="pol-percent">{t.share(percentOf(weights[index] ?? 0, weights))}</span>}
      {onRemove !== undefined && (
        <Button type="text" icon={<CloseOutlined />} aria-label={t.remove(index + 1)} onClick={onRemove} />
      )}
    </div>
  );
}
