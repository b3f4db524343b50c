import type { ReactNode } from 'react';

export interface EmptyStateProps {
  readonly title: string;
  /** What the objects of this list are for. */
  readonly text: string;
  /** The button to begin with. */
  readonly action?: ReactNode;
}

/** What a list shows before there is anything in it. */
export function EmptyState({ title, text, action }: EmptyStateProps) {
  return (
    <div className="empty-state">
      <svg viewBox="0 0 160 90" width="160" height="90" aria-hidden="true">
        <path className="empty-line" d="M6 45h40M80 45h48" />
        <path className="empty-line" d="M94 45c14 0 8-30 22-30h12M94 45c14 0 8 30 22 30h12" />
        <rect className="empty-box" x="46" y="29" width="34" height="32" rx="8" />
        <circle className="empty-dot" cx="134" cy="15" r="6" />
        <circle className="empty-dot" cx="134" cy="45" r="6" />
        <circle className="empty-dot" cx="134" cy="75" r="6" />
      </svg>
      <h2>{title}</h2>
      <p>{text}</p>
      {action}
    </div>
  );
}
