import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { type Frame, indexAt } from './chart-paths.ts';

export interface Cursor {
  /** Index of the point in the light, or null. */
  readonly at: number | null;
  readonly onAt: (index: number | null) => void;
  /** A stretch was chosen: first and last index. */
  readonly onStretch: (first: number, last: number) => void;
}

const leastStretch = 2;

/** Pointer and keyboard on a chart: moving lights a point, dragging chooses a stretch. */
export function useCursor(frame: Frame, { at, onAt, onStretch }: Cursor) {
  const [begin, setBegin] = useState<number | null>(null);
  const indexOf = (event: PointerEvent): number =>
    indexAt(frame, event.clientX - event.currentTarget.getBoundingClientRect().left);
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = frame.count - 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: (at ?? last) - 1,
      ArrowRight: (at ?? last) + 1,
      Home: 0,
      End: last,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onAt(Math.max(0, Math.min(last, to)));
  };
  const end = (event: PointerEvent): void => {
    const now = indexOf(event);
    if (begin !== null && Math.abs(now - begin) >= leastStretch)
      onStretch(Math.min(begin, now), Math.max(begin, now));
    setBegin(null);
  };
  const handlers = {
    onKeyDown,
    onPointerDown: (event: PointerEvent) => {
      if (event.pointerType === 'mouse' && event.button === 0) setBegin(indexOf(event));
    },
    onPointerMove: (event: PointerEvent) => onAt(indexOf(event)),
    onPointerUp: end,
    onPointerLeave: () => {
      setBegin(null);
      onAt(null);
    },
    onFocus: () => onAt(at ?? frame.count - 1),
    onBlur: () => onAt(null),
  };
  return { begin, handlers };
}
