import type { MemberOfAnyPoolWire, PoolWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Select, Tag } from 'antd';
import { useServerSearch } from '../../fields/use-server-search.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { poolById } from '../../load-balancers/named-queries.ts';
import { poolSource } from '../../load-balancers/search-sources.ts';
import { membersOfPools } from '../../pools/queries.ts';
import { FieldRow } from '../form/field-row.tsx';
import { formMessages, type WizardMessages, wizardMessages } from '../texts/messages.ts';
import { poolProtocolsFor, type WizardDraft } from './wizard-draft.ts';

/** Groups that are there; those that the listener cannot use say why. */
export function ExistingPoolField({ draft }: { readonly draft: WizardDraft }) {
  const t = useMessages(wizardMessages).pool;
  const { complaint } = useMessages(formMessages);
  const chosen = draft.pool.default_pool_id;
  const { rows, isLoading, showSearch } = useServerSearch(poolSource, chosen ? [chosen] : []);
  const members = useQuery(membersOfPools(rows.map(({ id }) => id))).data ?? [];
  return (
    <FieldRow field="pool" name="default_pool_id" rules={[{ required: true, message: complaint.poolChoice }]}>
      <Select
        aria-label={t.choose}
        placeholder={t.choose}
        loading={isLoading}
        showSearch={showSearch}
        options={rows.map((pool) => optionOf(pool, { members, t, draft }))}
      />
    </FieldRow>
  );
}

interface OptionContext {
  readonly members: readonly MemberOfAnyPoolWire[];
  readonly t: WizardMessages['pool'];
  readonly draft: WizardDraft;
}

function optionOf(pool: PoolWire, { members, t, draft }: OptionContext) {
  const { protocol } = draft.listener;
  const isFitting = poolProtocolsFor(protocol).includes(pool.protocol);
  const own = members.filter(({ pool_id: owner }) => owner === pool.id);
  const healthy = own.filter(({ operating_status: status }) => status !== 'OFFLINE').length;
  const facts = `${t.algorithms[pool.lb_algorithm]} · ${t.servers(healthy, own.length)}`;
  return {
    value: pool.id,
    disabled: !isFitting,
    label: (
      <span className="lf-option">
        <span className="lf-option-line">
          {nameOf(pool)} <Tag>{pool.protocol}</Tag>
        </span>
        <span className="lf-soft">{isFitting ? facts : t.unfit(pool.protocol, protocol)}</span>
      </span>
    ),
  };
}

export interface Http2HintProps {
  readonly draft: WizardDraft;
  readonly onChange: (part: Partial<WizardDraft>) => void;
}

/** gRPC is HTTP/2 from end to end: one button makes it so. */
export function Http2Hint({ draft, onChange }: Http2HintProps) {
  const t = useMessages(wizardMessages).pool;
  const existing = useQuery(poolById(draft.pool.default_pool_id ?? null)).data;
  if (draft.listener.http2_enable || draft.listener.protocol !== 'HTTPS') return null;
  const protocol = draft.pool.choice === 'new' ? draft.pool.protocol : existing?.protocol;
  if (protocol !== 'GRPC') return null;
  const turnOn = (): void => onChange({ listener: { ...draft.listener, http2_enable: true } });
  return (
    <Alert
      role="alert"
      type="warning"
      showIcon
      className="problem-list"
      title={t.needsHttp2}
      action={<Button onClick={turnOn}>{t.turnOn}</Button>}
    />
  );
}
