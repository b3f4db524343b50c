import { useFormat } from '../i18n/format.ts';
import './transcript.css';

export interface TranscriptProps {
  readonly steps: readonly { readonly at_ms: number; readonly text: string }[];
}

/** What happened during a check, step by step, with the milliseconds since its beginning. */
export function Transcript({ steps }: TranscriptProps) {
  const { milliseconds } = useFormat();
  return (
    <ol className="transcript">
      {steps.map(({ at_ms: at, text }, index) => (
        <li key={index}>
          <span className="transcript-at">{milliseconds(Math.round(at))}</span>
          <code>{text}</code>
        </li>
      ))}
    </ol>
  );
}
