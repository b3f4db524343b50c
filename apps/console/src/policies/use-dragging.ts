import { type HTMLAttributes, type PointerEvent, type RefObject, useRef, useState } from 'react';

export interface Dragging {
  readonly list: RefObject<HTMLOListElement | null>;
  /** Index of what is being dragged, or null. */
  readonly at: number | null;
  /** What the handle of a row needs. */
  readonly handle: (index: number) => HTMLAttributes<HTMLElement>;
}

/** Moves a row of a list to wherever the pointer holds it; works for fingers as for mice. */
export function useDragging(count: number, onMove: (from: number, to: number) => void): Dragging {
  const list = useRef<HTMLOListElement>(null);
  const [at, setAt] = useState<number | null>(null);
  const rowUnder = (y: number): number => {
    const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect());
    const below = rows.findIndex(({ top, height }) => y < top + height);
    return below < 0 ? count - 1 : below;
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (at === null) return;
    const to = rowUnder(event.clientY);
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
  return { list, at, handle };
}
