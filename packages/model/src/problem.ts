/**
 * A refusal that is the caller's doing, as data: never thrown by this room, shown to the caller as it stands.
 * Codes are those of the ELB v3 API and of the API gateway in front of it.
 */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** The fields that the message speaks of, and perhaps more of them than it has room for. */
  readonly fields?: readonly FieldComplaint[];
}

export interface FieldComplaint {
  /** Full path in the body, or the name in the query. */
  readonly field: string;
  readonly reason: string;
}

/** A value, or the reason why there is none. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

/** Every code this installation answers with. */
export const problemCodes = {
  invalidInput: { status: 400, code: 'ELB.8902' },
  notAllowed: { status: 403, code: 'ELB.8903' },
  notFound: { status: 404, code: 'ELB.8904' },
  quotaExceeded: { status: 409, code: 'ELB.8905' },
  unavailable: { status: 503, code: 'ELB.8906' },
  internal: { status: 500, code: 'ELB.8906' },
  conflict: { status: 409, code: 'ELB.8907' },
  backendSubnetShort: { status: 400, code: 'ELB.8934' },
  ipMemberNeedsTarget: { status: 400, code: 'ELB.8939' },
  unknownApi: { status: 404, code: 'APIGW.0101' },
  wrongCredentials: { status: 401, code: 'APIGW.0301' },
  roleMissing: { status: 403, code: 'APIGW.0302' },
  tooManyRequests: { status: 429, code: 'APIGW.0308' },
  bodyTooLarge: { status: 413, code: 'APIGW.0201' },
  noCredentials: { status: 401, code: 'SYS.0401' },
  otherProject: { status: 403, code: 'SYS.0403' },
  sessionOver: { status: 401, code: 'APIGW.0301' },
  crossSite: { status: 403, code: 'APIGW.0302' },
  changedMeanwhile: { status: 412, code: 'ELB.8912' },
} as const;

export type ProblemName = keyof typeof problemCodes;

export function problem(name: ProblemName, message: string): Problem {
  return { ...problemCodes[name], message };
}

/** @param field full path of the field in the body or its name in the query, e.g. `listener.protocol_port` */
export function invalidField(field: string, reason: string): Problem {
  const message = `invalid input for field ${field}: ${reason}`;
  return { ...problem('invalidInput', message), fields: [{ field, reason }] };
}

/** @param type the resource as clients know it: `loadbalancer`, `listener`, `subnet`, … */
export function notFound(type: string, id: string): Problem {
  return problem('notFound', `${type} ${id} could not be found`);
}

export function conflict(message: string): Problem {
  return problem('conflict', message);
}

export function accepted<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refused(reason: Problem): Outcome<never> {
  return { ok: false, problem: reason };
}

/** What `read` makes of the value, where there is one. */
export function mapOutcome<T, R>(outcome: Outcome<T>, read: (value: T) => R): Outcome<R> {
  return outcome.ok ? accepted(read(outcome.value)) : outcome;
}

/** The first problem of a list of checks, in the order they were made. */
export function firstProblem(...checks: readonly (Problem | null)[]): Problem | null {
  return checks.find((check) => check !== null) ?? null;
}
