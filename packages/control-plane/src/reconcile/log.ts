export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** One event; facts never hold secrets. */
export type Log = (level: LogLevel, message: string, facts?: Readonly<Record<string, unknown>>) => void;
