import { StatusDot } from '../../shell/status-dot.tsx';

/** Warnings beside a field: they hold nobody back. */
export function Remarks({ of }: { readonly of: readonly string[] }) {
  if (of.length === 0) return null;
  return (
    <div role="status">
      <ul className="lf-remarks">
        {of.map((text) => (
          <li key={text}>
            <StatusDot tone="warn" />
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
