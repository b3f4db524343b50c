import { PlusOutlined } from '@ant-design/icons';
import type { IpGroupWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useServerSearch } from '../../fields/use-server-search.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { IpGroupDrawer } from '../../ip-groups/ip-group-drawer.tsx';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { ipGroupSource } from '../../load-balancers/search-sources.ts';
import { groupsPerListener } from '../queries.ts';
import { formMessages } from '../texts/messages.ts';

export interface IpGroupSelectProps {
  /** Given by the form. */
  readonly id?: string;
  readonly value?: readonly string[];
  readonly onChange?: (ids: readonly string[]) => void;
}

/** One group, or as many as a listener may have; a new one can be made on the way. */
export function IpGroupSelect({ id, value = [], onChange }: IpGroupSelectProps) {
  const t = useMessages(formMessages);
  const [isAdding, setAdding] = useState(false);
  const most = useQuery(groupsPerListener).data ?? 1;
  const { rows, isLoading, showSearch } = useServerSearch(ipGroupSource, value);
  const isSingle = most === 1;
  const choose = (chosen: string | readonly string[]): void =>
    onChange?.(typeof chosen === 'string' ? [chosen] : chosen);
  const add = ({ id: created }: IpGroupWire): void => {
    setAdding(false);
    choose(isSingle ? created : [...value, created]);
  };
  return (
    <div className="lf-with-button">
      <Select<string | readonly string[]>
        placeholder={t.chooseGroup}
        value={isSingle ? (value[0] ?? null) : value}
        onChange={choose}
        showSearch={showSearch}
        loading={isLoading}
        options={rows.map((group) => ({
          value: group.id,
          label: `${nameOf(group)} (${t.entries(group.ip_count ?? 0)})`,
        }))}
        {...(isSingle ? {} : { mode: 'multiple' as const })}
        {...(most > 1 ? { maxCount: most } : {})}
        {...(id === undefined ? {} : { id })}
      />
      <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
        {t.createGroup}
      </Button>
      {isAdding && <IpGroupDrawer onClose={() => setAdding(false)} onCreated={add} />}
    </div>
  );
}
