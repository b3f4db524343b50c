import type { Problem } from '@elbow/model';

/** The flat error body that all clients of the v3 API read. */
export function errorToWire({ code, message }: Problem, requestId: string) {
  return { error_code: code, error_msg: message, request_id: requestId };
}
