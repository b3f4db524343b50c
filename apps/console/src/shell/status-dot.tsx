export type Tone = 'good' | 'warn' | 'bad' | 'off' | 'busy';

/** A mark whose shape says the same as its colour. */
export function StatusDot({ tone }: { readonly tone: Tone }) {
  return (
    <svg
      className={`status-dot status-dot-${tone}`}
      viewBox="0 0 12 12"
      width="10"
      height="10"
      aria-hidden="true"
    >
      {shapes[tone]}
    </svg>
  );
}

const shapes = {
  good: <circle cx="6" cy="6" r="5" />,
  warn: <path d="M6 .8 11.6 11H.4Z" />,
  bad: <path d="M6 0l6 6-6 6-6-6Z" />,
  off: <circle cx="6" cy="6" r="4" fill="none" strokeWidth="2" />,
  busy: <path d="M6 1a5 5 0 1 0 5 5" fill="none" strokeWidth="2" />,
} as const satisfies Readonly<Record<Tone, unknown>>;

/** The mark with its word. */
export function StatusText({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return (
    <span className="status-text">
      <StatusDot tone={tone} />
      {children}
    </span>
  );
}
