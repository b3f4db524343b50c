import { Form, Select } from 'antd';
import { NumberField } from '../fields/number-field.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { Chips } from './chips.tsx';
import { policyMessages } from './messages.ts';
import type { PolicyValues } from './policy-values.ts';
import { UrlParts } from './url-parts.tsx';
import { usePoolChoices } from './use-pool-choices.ts';

export interface ExtraProps {
  /** Path of the configuration in the form. */
  readonly base: readonly string[];
}

export function RewriteFields({ base }: ExtraProps) {
  const t = useMessages(policyMessages).extras;
  return (
    <>
      <p className="pol-hint">{t.rewriteHelp}</p>
      <UrlParts base={base} />
    </>
  );
}

export function LimitFields({ base }: ExtraProps) {
  const t = useMessages(policyMessages).extras;
  return (
    <>
      <p className="pol-hint">{t.limitHelp}</p>
      <NumberField name={[...base, 'qps']} label={t.qps} min={0} max={100_000} />
      <div className="pol-pair">
        <NumberField name={[...base, 'per_source_ip_qps']} label={t.perSource} min={0} max={100_000} />
        <NumberField name={[...base, 'burst']} label={t.burst} min={0} max={100_000} />
      </div>
    </>
  );
}

export function CorsFields({ base }: ExtraProps) {
  const t = useMessages(policyMessages).extras;
  const lists = [
    { key: 'allow_methods', label: t.methods },
    { key: 'allow_headers', label: t.allowHeaders },
    { key: 'expose_headers', label: t.exposeHeaders },
  ];
  return (
    <>
      <Form.Item
        name={[...base, 'allow_origin']}
        label={t.origins}
        extra={t.originsHelp}
        rules={[{ required: true, type: 'array', min: 1 }]}
      >
        <Chips label={t.origins} placeholder="https://www.example.com" />
      </Form.Item>
      {lists.map(({ key, label }) => (
        <Form.Item key={key} name={[...base, key]} label={label}>
          <Chips label={label} />
        </Form.Item>
      ))}
      <SwitchField name={[...base, 'allow_credentials']} label={t.credentials} />
      <NumberField
        name={[...base, 'max_age']}
        label={t.maxAge}
        help={t.maxAgeHelp}
        min={-1}
        max={172_800}
        unit="s"
      />
    </>
  );
}

/** A group that gets the requests themselves has no use for copies of them. */
export function MirrorFields({ base }: ExtraProps) {
  const t = useMessages(policyMessages).extras;
  const form = Form.useFormInstance();
  const shares = (Form.useWatch('redirect_pools_config', form) ??
    []) as PolicyValues['redirect_pools_config'];
  const taken = shares.flatMap(({ pool_id: id }) => (id === undefined ? [] : [id]));
  const chosen = (Form.useWatch([...base, 'target_ids'], form) ?? []) as readonly string[];
  const choices = usePoolChoices(chosen, taken);
  return (
    <>
      <Form.Item
        name={[...base, 'target_ids']}
        label={t.mirrorPools}
        extra={t.mirrorHelp}
        rules={[{ required: true, type: 'array', min: 1 }]}
      >
        <Select mode="multiple" maxCount={5} {...choices} />
      </Form.Item>
      <SwitchField name={[...base, 'mirror_request_body_enable']} label={t.mirrorBody} />
    </>
  );
}
