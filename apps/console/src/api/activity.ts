const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
const lately = 60_000;

let lastMs = Date.now();

/** Whether somebody has touched this page within the last minute: only that keeps a session alive, not its polling. */
export function isActive(): boolean {
  return Date.now() - lastMs < lately;
}

/** Begins to look for signs of life. */
export function watchActivity(): void {
  for (const sign of signs)
    window.addEventListener(sign, () => (lastMs = Date.now()), { passive: true, capture: true });
}
