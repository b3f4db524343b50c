import { StatusText, type Tone } from '../shell/status-dot.tsx';

/** An HTTP status with a mark for its class. */
export function StatusCode({ status }: { readonly status: number }) {
  return <StatusText tone={toneOf(status)}>{String(status)}</StatusText>;
}

function toneOf(status: number): Tone {
  if (status >= 500) return 'bad';
  if (status >= 400) return 'warn';
  return status >= 300 ? 'off' : 'good';
}
