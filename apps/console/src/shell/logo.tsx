/** A pipe elbow: what comes in at the side leaves below. */
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" className="logo-ground" />
      <path d="M8 9h7a7 7 0 0 1 7 7v7" className="logo-pipe" />
      <path d="M8 5.5v7M18.5 23h7" className="logo-flange" />
    </svg>
  );
}
