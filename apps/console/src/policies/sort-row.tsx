import { DownOutlined, HolderOutlined, UpOutlined } from '@ant-design/icons';
import { Button, InputNumber } from 'antd';
import { type HTMLAttributes, useState } from 'react';
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
      <PlaceInput {...{ name, index, count, onMove }} />
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

/** The place as a number: another one, and Enter, moves it there, however far that is. */
function PlaceInput({
  name,
  index,
  count,
  onMove,
}: Pick<SortRowProps, 'name' | 'index' | 'count' | 'onMove'>) {
  const t = useMessages(policyMessages).sorting;
  const [typed, setTyped] = useState<number | null>(null);
  const move = (): void => {
    if (typed !== null && typed !== index + 1) onMove(typed - 1);
    setTyped(null);
  };
  return (
    <InputNumber
      className="pol-place"
      size="small"
      controls={false}
      aria-label={t.place(name)}
      min={1}
      max={count}
      precision={0}
      value={typed ?? index + 1}
      onChange={setTyped}
      onPressEnter={move}
      onBlur={move}
    />
  );
}
