/** Work that changes a plan gives the event loop its turn after this much. */
const SLICE_MS = 2;

/** Cuts long work into slices, so that requests are served in between. */
export class TimeSlice {
  private endMs: number = performance.now() + SLICE_MS;

  /** Returns at once within a slice; else when the event loop has been round. */
  async rest(): Promise<void> {
    if (performance.now() < this.endMs) return;
    await new Promise(setImmediate);
    this.endMs = performance.now() + SLICE_MS;
  }
}
