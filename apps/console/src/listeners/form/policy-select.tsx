import { PlusOutlined } from '@ant-design/icons';
import { Button, Select, Tag } from 'antd';
import { useState } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { SecurityPolicyDrawer } from '../../security-policies/security-policy-drawer.tsx';
import { formMessages } from '../texts/messages.ts';
import { type PolicyChoice, usePolicies } from './security-policies.ts';

export const recommendedPolicy = 'tls-1-2-fs-with-1-3';

export interface PolicySelectProps {
  /** Given by the form. */
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (policy: string) => void;
}

/** Built-in and custom policies with the versions that they allow. */
export function PolicySelect({ id, value, onChange }: PolicySelectProps) {
  const t = useMessages(formMessages);
  const [isAdding, setAdding] = useState(false);
  const policies = usePolicies();
  const optionsOf = (isCustom: boolean) =>
    policies.filter((policy) => policy.isCustom === isCustom).map(optionOf);
  const groups = [
    { label: t.builtIn, options: optionsOf(false) },
    { label: t.custom, options: optionsOf(true) },
  ];
  const add = ({ id: created }: { readonly id: string }): void => {
    setAdding(false);
    onChange?.(created);
  };
  return (
    <div className="lf-with-button">
      <Select
        showSearch={{ filterOption: isFound }}
        value={value ?? null}
        onChange={(policy) => onChange?.(policy as string)}
        options={groups.filter(({ options }) => options.length > 0)}
        {...(id === undefined ? {} : { id })}
      />
      <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
        {t.createPolicy}
      </Button>
      {isAdding && <SecurityPolicyDrawer onClose={() => setAdding(false)} onCreated={add} />}
    </div>
  );
}

function isFound(typed: string, option: object | undefined): boolean {
  const { search } = { search: '', ...option };
  return search.includes(typed.toLowerCase());
}

function optionOf(policy: PolicyChoice) {
  return { value: policy.value, label: <PolicyLabel of={policy} />, search: policy.name.toLowerCase() };
}

export function PolicyLabel({ of }: { readonly of: PolicyChoice }) {
  const { recommended } = useMessages(formMessages);
  return (
    <span className="lf-option-line">
      <span>{of.name}</span>
      <span className="lf-versions">
        {of.value === recommendedPolicy && <Tag className="lf-recommended">{recommended}</Tag>}
        {of.versions.map((version) => (
          <Tag key={version}>{versionName(version)}</Tag>
        ))}
      </span>
    </span>
  );
}

/** `TLSv1.3` → `1.3`, `TLSv1` → `1.0` */
export function versionName(protocol: string): string {
  const number = protocol.replace('TLSv', '');
  return number.includes('.') ? number : `${number}.0`;
}
