import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { isTaken } from '../form/server-judge.ts';
import { wizardMessages } from '../texts/messages.ts';
import type { MemberRow } from './wizard-draft.ts';

export interface BulkMembersProps {
  readonly rows: readonly MemberRow[];
  readonly onChange: (rows: readonly MemberRow[]) => void;
}

/** One port or weight for all of them. */
export function BulkMembers({ rows, onChange }: BulkMembersProps) {
  const t = useMessages(wizardMessages).members;
  const [port, setPort] = useState<number | null>(null);
  const [weight, setWeight] = useState<number | null>(null);
  const isFine =
    (port !== null || weight !== null) &&
    (port === null || isTaken('member', ['protocol_port'], port)) &&
    (weight === null || isTaken('member', ['weight'], weight));
  const apply = (): void => {
    onChange(
      rows.map((row) => ({
        ...row,
        protocol_port: port ?? row.protocol_port,
        weight: weight ?? row.weight,
      })),
    );
    setPort(null);
    setWeight(null);
  };
  return (
    <div className="bulk">
      <span className="lf-soft">{t.bulk}</span>
      <InputNumber
        controls={false}
        value={port}
        placeholder={t.columns.port}
        aria-label={t.bulkPort}
        onChange={setPort}
      />
      <InputNumber
        controls={false}
        value={weight}
        placeholder={t.columns.weight}
        aria-label={t.bulkWeight}
        onChange={setWeight}
      />
      <Button disabled={!isFine} onClick={apply}>
        {t.apply}
      </Button>
    </div>
  );
}
