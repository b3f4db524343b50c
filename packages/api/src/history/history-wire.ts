/** One entry of the history, as the control plane knows it. */
export interface HistoryFacts {
  readonly sequence: number;
  readonly atMs: number;
  readonly userId: string;
  readonly userName: string;
  /** `key:…` or `token:…`. */
  readonly credential: string;
  readonly address: string;
  readonly operation: string;
  readonly resourceType: string;
  readonly resourceId: string | null;
  readonly name: string;
  readonly outcome: 'done' | 'refused';
  readonly status: number | null;
  readonly message: string | null;
  readonly live: string | null;
  readonly requestId: string;
  readonly changes: readonly ChangeFacts[];
  readonly omitted: number;
}

export interface ChangeFacts {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly action: string;
  readonly fields: Readonly<Record<string, { readonly before: unknown; readonly after: unknown }>>;
}

export function historyEntryToWire(entry: HistoryFacts) {
  const [kind = '', id = ''] = entry.credential.split(':');
  return {
    id: String(entry.sequence),
    at: new Date(entry.atMs).toISOString(),
    user: { id: entry.userId, name: entry.userName },
    credential: { kind, id },
    address: entry.address,
    operation: entry.operation,
    resource: { type: entry.resourceType, id: entry.resourceId, name: entry.name },
    outcome: entry.outcome,
    status: entry.status,
    message: entry.message,
    live: entry.live,
    request_id: entry.requestId,
    changes: entry.changes.map(({ type, id: of, name, action, fields }) => ({
      type,
      id: of,
      name,
      action,
      fields,
    })),
    omitted_changes: entry.omitted,
  };
}
