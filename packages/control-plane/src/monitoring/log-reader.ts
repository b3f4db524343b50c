import { type LogFile, logFiles, readRange } from './log-files.ts';

export interface FoundLine {
  readonly text: string;
  /** Where it begins. */
  readonly position: Position;
}

export interface Position {
  readonly file: string;
  readonly offset: number;
}

export interface ReadWish {
  readonly path: string;
  readonly keep: number;
  readonly limit: number;
  readonly accepts: (line: string) => boolean;
  /** Older lines than the first for which this holds are not looked at. */
  readonly isTooOld: (line: string) => boolean;
}

export interface ReadLines {
  readonly lines: readonly FoundLine[];
  /** Where to go on; null when there is nothing further in this direction. */
  readonly next: Position | null;
  readonly scannedBytes: number;
}

const pieceBytes = 256 * 1024;
/** One call looks through no more than this; the next one goes on from there. */
const mostScannedBytes = 16 * 1024 * 1024;

/** From the end, or from `before`, towards older lines; the newest first. */
export async function readBackwards(wish: ReadWish, before: Position | null): Promise<ReadLines> {
  const files = await logFiles(wish.path, wish.keep);
  const first = before === null ? 0 : files.findIndex(({ number }) => number === before.file);
  const lines: FoundLine[] = [];
  let scannedBytes = 0;
  for (const file of first === -1 ? [] : files.slice(first)) {
    let end = file.number === before?.file ? Math.min(before.offset, file.size) : file.size;
    // The piece ends within a line whose rest was passed over.
    let isTorn = false;
    while (end > 0) {
      const start = Math.max(0, end - pieceBytes);
      const piece = await readRange(file, start, end);
      scannedBytes += piece.length;
      // The first line of a piece may have begun in the one before; a line longer than a piece is passed over.
      const cut = start === 0 ? 0 : piece.indexOf(10) + 1 || piece.length;
      const whole = isTorn ? piece.subarray(0, piece.lastIndexOf(10) + 1) : piece;
      for (const line of linesOf(whole, cut, start, file).reverse()) {
        if (wish.isTooOld(line.text)) return { lines, next: null, scannedBytes };
        if (!wish.accepts(line.text)) continue;
        lines.push(line);
        if (lines.length === wish.limit) return { lines, next: line.position, scannedBytes };
      }
      isTorn = start > 0 && cut === piece.length;
      end = isTorn ? start : start + cut;
      if (scannedBytes >= mostScannedBytes)
        return { lines, next: { file: file.number, offset: end }, scannedBytes };
    }
  }
  return { lines, next: null, scannedBytes };
}

/** What came after `after`, the oldest first. `next` is always there: it is where the next look begins. */
export async function readForwards(wish: ReadWish, after: Position): Promise<ReadLines> {
  const files = await logFiles(wish.path, wish.keep);
  const first = files.findIndex(({ number }) => number === after.file);
  // A file that is gone by now has taken its lines along.
  const ahead = (first === -1 ? files : files.slice(0, first + 1)).toReversed();
  const lines: FoundLine[] = [];
  let scannedBytes = 0;
  let next = after;
  for (const file of ahead) {
    let start = file.number === after.file ? after.offset : 0;
    next = { file: file.number, offset: start };
    while (start < file.size) {
      const piece = await readRange(file, start, Math.min(file.size, start + pieceBytes));
      scannedBytes += piece.length;
      const whole = piece.subarray(0, piece.lastIndexOf(10) + 1);
      for (const line of linesOf(whole, 0, start, file)) {
        if (!wish.accepts(line.text)) continue;
        if (lines.length === wish.limit) return { lines, next: line.position, scannedBytes };
        lines.push(line);
      }
      // The last line may not be whole yet.
      if (whole.length === 0) break;
      start += whole.length;
      next = { file: file.number, offset: start };
      if (scannedBytes >= mostScannedBytes) return { lines, next, scannedBytes };
    }
  }
  return { lines, next, scannedBytes };
}

/** Where a look for what comes from now on begins; null while there is no file. */
export async function endOfLog(path: string): Promise<Position | null> {
  // Right after a rename the newest file is the one that was renamed.
  const [newest] = await logFiles(path, 1);
  return newest === undefined ? null : { file: newest.number, offset: newest.size };
}

function linesOf(piece: Buffer, from: number, start: number, file: LogFile): FoundLine[] {
  const lines: FoundLine[] = [];
  let at = from;
  while (at < piece.length) {
    const found = piece.indexOf(10, at);
    const end = found === -1 ? piece.length : found;
    const text = piece.toString('latin1', at, end);
    if (text !== '') lines.push({ text, position: { file: file.number, offset: start + at } });
    at = end + 1;
  }
  return lines;
}
