import { Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { localText, rangeProblem } from './local-time.ts';
import { monitoringMessages } from './messages.ts';
import type { Span } from './queries.ts';

export interface CustomRangeProps {
  /** What is shown now, to begin with. */
  readonly zoom: Span | null;
  readonly onChoose: (span: Span) => void;
}

const hourMs = 3_600_000;

/** Any stretch of the last seven days, in the time of whoever looks. */
export function CustomRange({ zoom, onChoose }: CustomRangeProps) {
  const t = useMessages(monitoringMessages).custom;
  const ids = { from: useId(), to: useId(), problem: useId() };
  const [nowMs] = useState(() => Date.now());
  const [from, setFrom] = useState(() => localText(zoom?.fromMs ?? nowMs - hourMs));
  const [to, setTo] = useState(() => localText(zoom?.toMs ?? nowMs));
  const span = { fromMs: Date.parse(from), toMs: Date.parse(to) };
  const problem = rangeProblem(span, nowMs);
  const choose = (event: FormEvent): void => {
    event.preventDefault();
    if (problem === null) onChoose(span);
  };
  return (
    <form className="mon-custom" aria-label={t.title} onSubmit={choose}>
      <label htmlFor={ids.from}>{t.from}</label>
      <Input
        id={ids.from}
        type="datetime-local"
        value={from}
        aria-describedby={ids.problem}
        onChange={({ target }) => setFrom(target.value)}
      />
      <label htmlFor={ids.to}>{t.to}</label>
      <Input
        id={ids.to}
        type="datetime-local"
        value={to}
        aria-describedby={ids.problem}
        onChange={({ target }) => setTo(target.value)}
      />
      <Button htmlType="submit" type="primary" disabled={problem !== null}>
        {t.show}
      </Button>
      <span id={ids.problem} role="status" className="mon-note">
        {problem === null ? '' : t[problem]}
      </span>
    </form>
  );
}
