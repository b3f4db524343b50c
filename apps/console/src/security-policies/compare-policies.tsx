import { inServerOrder } from '@elbow/model';
import { useQuery } from '@tanstack/react-query';
import { Select, Switch } from 'antd';
import { useId, useState } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { LoadingPage } from '../shell/loading-page.tsx';
import { useUrlValue } from '../shell/use-search.ts';
import { CompareTable } from './compare-table.tsx';
import { securityPolicyMessages } from './messages.ts';
import { customPolicyList, policyOfCustom, systemPolicyList, type TlsPolicy } from './queries.ts';
import { versions } from './suites.ts';

const usual = { left: 'tls-1-2', right: 'tls-1-2-fs-with-1-3' } as const;

/** Two policies side by side. */
export function ComparePolicies() {
  const { compare: t } = useMessages(securityPolicyMessages);
  const system = useQuery(systemPolicyList).data;
  const custom = useQuery(customPolicyList).data;
  const [left, setLeft] = useUrlValue('left');
  const [right, setRight] = useUrlValue('right');
  const [isShort, setShort] = useState(false);
  const labelId = useId();
  if (system === undefined || custom === undefined) return <LoadingPage />;
  const all = [...system, ...custom.map(policyOfCustom)];
  const [first, second] = [find(all, left || usual.left), find(all, right || usual.right)];
  if (first === undefined || second === undefined) return <LoadingPage />;
  const suites = inServerOrder([...new Set([...first.ciphers, ...second.ciphers])]);
  return (
    <>
      <div className="list-toolbar">
        <PolicySelect label={t.left} all={all} value={first.id} onChange={setLeft} />
        <PolicySelect label={t.right} all={all} value={second.id} onChange={setRight} />
        <span className="tls-compare-switch">
          <Switch checked={isShort} onChange={setShort} aria-labelledby={labelId} />
          <span id={labelId}>{t.onlyDifferences}</span>
        </span>
      </div>
      <CompareTable {...{ first, second, suites, versions }} isShort={isShort} />
    </>
  );
}

function find(all: readonly TlsPolicy[], id: string): TlsPolicy | undefined {
  return all.find((policy) => policy.id === id) ?? all[0];
}

interface PolicySelectProps {
  readonly label: string;
  readonly all: readonly TlsPolicy[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}

function PolicySelect({ label, all, value, onChange }: PolicySelectProps) {
  const { tabs } = useMessages(securityPolicyMessages);
  const part = (isSystem: boolean) =>
    all.filter((policy) => policy.isSystem === isSystem).map(({ id, name }) => ({ value: id, label: name }));
  const options = [
    { label: tabs.default, options: part(true) },
    ...(part(false).length > 0 ? [{ label: tabs.custom, options: part(false) }] : []),
  ];
  return (
    <Select
      className="tls-compare-select"
      aria-label={label}
      value={value}
      options={options}
      onChange={onChange}
    />
  );
}
