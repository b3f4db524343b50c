import { DownOutlined, HolderOutlined, UpOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { HTMLAttributes } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { policyMessages } from './messages.ts';
import { RuleWords } from './rule-words.tsx';
import type { WholePolicy } from './whole-policy.ts';

export interface SortRowProps {
  readonly policy: WholePolicy;
  readonly name: string;
  readonly index: number;
  readonly count: number;
  readonly isDragged: boolean;
  readonly handle: HTMLAttributes<HTMLElement>;
  readonly onMove: (to: number) => void;
}

/** A policy while the order is made: a handle, its conditions, and two buttons. */
export function SortRow({ policy, name, index, count, isDragged, handle, onMove }: SortRowProps) {
  const t = useMessages(policyMessages).sorting;
  return (
    <article className={isDragged ? 'pol-sort-row pol-sort-row-dragged' : 'pol-sort-row'} aria-label={name}>
      <span className="pol-handle" title={t.drag(name)} aria-hidden="true" {...handle}>
        <HolderOutlined />
      </span>
      <span className="pol-number" aria-hidden="true">
        {index + 1}
      </span>
      <div className="pol-sort-what">
        <strong>{name}</strong>
        <RuleWords rules={policy.rules} />
      </div>
      <Button
        icon={<UpOutlined />}
        aria-label={t.up(name)}
        disabled={index === 0}
        onClick={() => onMove(index - 1)}
      />
      <Button
        icon={<DownOutlined />}
        aria-label={t.down(name)}
        disabled={index === count - 1}
        onClick={() => onMove(index + 1)}
      />
    </article>
  );
}
