import type { StatementError } from './thread-protocol.ts';

/** What is left of an error for the way to the caller. */
export function toStatementError(error: unknown): StatementError {
  if (!(error instanceof Error)) return { message: String(error), code: 0 };
  const code = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 0;
  return { message: error.message, code };
}
