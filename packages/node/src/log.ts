export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFacts = Readonly<Record<string, unknown>>;

/** One event; facts never hold secrets. */
export type Log = (level: LogLevel, message: string, facts?: LogFacts) => void;
