import { historyEntryToWire, parseHistoryQuery } from '@elbow/api';
import type { Store, StoredHistoryEntry } from '@elbow/store';
import { valueOf } from '../services/crud/refusal.ts';
import type { Answer, Call } from '../services/crud/service-context.ts';
import type { HistoryBody, HistoryRecorder } from './history-recorder.ts';

/** `GET /elbow/v1/history`: newest first, a page at a time. */
export async function listHistory(
  { store, recorder }: { readonly store: Store; readonly recorder: HistoryRecorder },
  call: Call,
): Promise<Answer> {
  const query = valueOf(parseHistoryQuery(call.query));
  await recorder.flush();
  // One more than asked for tells whether there is another page.
  const found = await store.read((reader) =>
    reader.history({ ...query, limit: query.limit + 1, projectId: call.projectId }),
  );
  const page = found.slice(0, query.limit);
  const last = found.length > query.limit ? page.at(-1) : undefined;
  const info = last === undefined ? {} : { next_marker: String(last.sequence) };
  const body = { history: page.map(toWire), page_info: { current_count: page.length, ...info } };
  return { status: 200, body };
}

function toWire(entry: StoredHistoryEntry) {
  // The recorder is the only one that writes bodies.
  return historyEntryToWire({ ...entry, ...(entry.body as HistoryBody) });
}
