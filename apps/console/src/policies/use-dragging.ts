import { type HTMLAttributes, type PointerEvent, useState } from 'react';

export interface Dragging {
  /** Index of what is being dragged, or null. */
  readonly at: number | null;
  /** What the handle of a row needs. */
  readonly handle: (index: number) => HTMLAttributes<HTMLElement>;
}

/** Moves an item of an `ol` to wherever the pointer holds its handle; works for fingers as for mice. */
export function useDragging(count: number, onMove: (from: number, to: number) => void): Dragging {
  const [at, setAt] = useState<number | null>(null);
  const rowUnder = ({ currentTarget, clientY }: PointerEvent): number => {
    const items = [...(currentTarget.closest('ol')?.children ?? [])];
    const rows = items.map((row) => row.getBoundingClientRect());
    const below = rows.findIndex(({ top, height }) => clientY < top + height);
    return below < 0 ? count - 1 : below;
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (at === null) return;
    const to = rowUnder(event);
    if (to === at) return;
    onMove(at, to);
    setAt(to);
  };
  const handle = (index: number): HTMLAttributes<HTMLElement> => ({
    onPointerDown: (event) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      event.preventDefault();
      setAt(index);
    },
    onPointerMove,
    onPointerUp: () => setAt(null),
    onPointerCancel: () => setAt(null),
  });
  return { at, handle };
}
