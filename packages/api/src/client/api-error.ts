/** What is known of a call that did not succeed. */
export interface ApiErrorFacts {
  /** HTTP status; 0 when no answer came at all. */
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly requestId: string | null;
}

/** A call that was refused or failed. The message is the server's own. */
export class ApiError extends Error {
  readonly status: number;
  /** Of the service, e.g. `ELB.8902`; `NETWORK` when no answer came, `HTTP` when it was no error envelope. */
  readonly code: string;
  readonly requestId: string | null;
  /** Every field that the message names, by its full path below the body's key, with the reason. */
  readonly fields: readonly FieldComplaint[];

  constructor({ status, code, message, requestId }: ApiErrorFacts, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.fields = fieldComplaints(message);
  }

  /** The first field that the message names, or null. */
  get field(): string | null {
    return this.fields[0]?.field ?? null;
  }
}

export interface FieldComplaint {
  /** As the body writes it, without the key around it: `protocol_port`, `tags[0].key`. */
  readonly field: string;
  readonly reason: string;
}

const complaint = /^invalid input for field ([^\s:]+): (.*)$/s;

/** Reads `invalid input for field listener.name: must …; invalid input for field …`. */
export function fieldComplaints(message: string): readonly FieldComplaint[] {
  return message.split(/; (?=invalid input for field )/).flatMap((part) => {
    const [, path, reason] = complaint.exec(part) ?? [];
    return path === undefined || reason === undefined ? [] : [{ field: withoutKey(path), reason }];
  });
}

function withoutKey(path: string): string {
  const dot = path.indexOf('.');
  return dot < 0 ? path : path.slice(dot + 1);
}

/** An error envelope, of whatever gateway stands in between, as an error. */
export function errorOf(status: number, text: string, headerId: string | null): ApiError {
  const body = asRecord(text);
  const code = body['error_code'];
  const message = body['error_msg'];
  const requestId = body['request_id'] ?? headerId;
  return new ApiError({
    status,
    code: typeof code === 'string' ? code : 'HTTP',
    message: typeof message === 'string' ? message : `the server answered with status ${status}`,
    requestId: typeof requestId === 'string' ? requestId : null,
  });
}

function asRecord(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
