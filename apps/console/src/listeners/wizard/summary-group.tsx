import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useId } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { fieldMessages, wizardMessages } from '../texts/messages.ts';
import type { SummaryRow } from './summary-rows.ts';

export interface SummaryGroupProps {
  readonly title: string;
  readonly rows: readonly SummaryRow[];
  readonly onEdit: () => void;
}

/** What one step has brought together, with the way back to it. */
export function SummaryGroup({ title, rows, onEdit }: SummaryGroupProps) {
  const t = useMessages(wizardMessages).confirm;
  const labels = useMessages(fieldMessages);
  const id = useId();
  return (
    <section className="summary-group" aria-labelledby={id}>
      <div className="summary-head">
        <h2 id={id}>{title}</h2>
        <Button type="link" icon={<EditOutlined />} aria-label={t.editOf(title)} onClick={onEdit}>
          {t.edit}
        </Button>
      </div>
      <dl className="summary-rows">
        {rows.map(({ field, value, isChanged }) => (
          <div key={field}>
            <dt>{labels[field]}</dt>
            <dd>{isChanged ? <strong>{value}</strong> : value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
