import type { Log, LogFacts, LogLevel } from '@elbow/plan';

/** A log that writes each event as one line on stderr: `time level role message key=value`. */
export function stderrLog(role: string): Log {
  return (level, message, facts = {}) => {
    process.stderr.write(`${logLine({ at: new Date(), level, role, message, facts })}\n`);
  };
}

export interface LogEvent {
  readonly at: Date;
  readonly level: LogLevel;
  readonly role: string;
  readonly message: string;
  readonly facts: LogFacts;
}

/** Always exactly one line, whatever the facts hold: a line break in a value must not forge an event. */
export function logLine({ at, level, role, message, facts }: LogEvent): string {
  const pairs = Object.entries(facts).map(([key, value]) => ` ${key}=${printed(value)}`);
  return oneLine(`${at.toISOString()} ${level} ${role} ${message}`) + pairs.join('');
}

function printed(value: unknown): string {
  const text =
    value instanceof Error
      ? value.message
      : typeof value === 'string'
        ? value
        : (JSON.stringify(value) ?? 'undefined');
  return /^[^\s"=\p{Cc}]+$/u.test(text) ? text : JSON.stringify(text);
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
