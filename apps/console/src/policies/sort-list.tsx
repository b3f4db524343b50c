import type { ListenerWire } from '@elbow/api';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { shellMessages } from '../shell/messages.ts';
import { Pager } from '../shell/pager.tsx';
import { usualSize } from '../shell/use-paged-list.ts';
import { policyMessages } from './messages.ts';
import { SortRow } from './sort-row.tsx';
import { useDragging } from './use-dragging.ts';
import { useSorting } from './use-sorting.ts';
import type { WholePolicy } from './whole-policy.ts';

export interface SortListProps {
  readonly listener: ListenerWire;
  readonly policies: readonly WholePolicy[];
  readonly onClose: () => void;
}

/** Reorder mode: by dragging, or with buttons, which a keyboard reaches as well. One save for all of it. */
export function SortList({ listener, policies, onClose }: SortListProps) {
  const t = useMessages(policyMessages);
  const sorting = useSorting(listener, policies, onClose);
  const [said, setSaid] = useState('');
  const { order, move } = sorting;
  const nameAt = (index: number): string => order[index]?.name || t.position(index + 1);
  const moveAndSay = (from: number, to: number): void => {
    move(from, to);
    setSaid(t.sorting.moved(nameAt(from), to + 1, order.length));
  };
  const [first, setFirst] = useState(0);
  const [size, setSize] = useState(usualSize);
  const rows = order.slice(first, first + size);
  // Dragging stays on the page; buttons and numbers reach all of the others.
  const dragging = useDragging(rows.length, (from, to) => moveAndSay(first + from, first + to));
  return (
    <div className="pol-sorting">
      <p className="pol-hint">{t.sorting.title}</p>
      {sorting.hasConflict && <Conflict onReload={onClose} />}
      {sorting.error !== null && <FailurePanel error={sorting.error} />}
      <ol className="pol-list">
        {rows.map((policy, at) => (
          <li key={policy.id}>
            <SortRow
              policy={policy}
              name={nameAt(first + at)}
              index={first + at}
              count={order.length}
              isDragged={dragging.at === at}
              handle={dragging.handle(at)}
              onMove={(to) => moveAndSay(first + at, to)}
            />
          </li>
        ))}
      </ol>
      <Pager
        list={{
          rows,
          first: first + 1,
          total: order.length,
          size,
          setSize: (next) => {
            setSize(next);
            setFirst(0);
          },
          next: first + size < order.length ? () => setFirst(first + size) : null,
          previous: first > 0 ? () => setFirst(Math.max(0, first - size)) : null,
        }}
      />
      <p className="pol-said" role="status">
        {said}
      </p>
      <SortButtons sorting={sorting} onClose={onClose} />
    </div>
  );
}

function Conflict({ onReload }: { readonly onReload: () => void }) {
  const t = useMessages(policyMessages).sorting;
  return (
    <Alert
      role="alert"
      type="error"
      showIcon
      className="pol-alert"
      title={t.conflict}
      description={t.conflictText}
      action={<Button onClick={onReload}>{t.reload}</Button>}
    />
  );
}

interface SortButtonsProps {
  readonly sorting: ReturnType<typeof useSorting>;
  readonly onClose: () => void;
}

function SortButtons({ sorting, onClose }: SortButtonsProps) {
  const t = useMessages(policyMessages).sorting;
  const { actions } = useMessages(shellMessages);
  return (
    <div className="pol-sort-buttons">
      <Button onClick={onClose}>{actions.cancel}</Button>
      <Button
        type="primary"
        loading={sorting.isSaving}
        disabled={sorting.hasConflict}
        onClick={() => void sorting.save()}
      >
        {t.save}
      </Button>
    </div>
  );
}
