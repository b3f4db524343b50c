export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFacts = Readonly<Record<string, unknown>>;

/** One event; facts never hold secrets. Rooms that log get this function passed in. */
export type Log = (level: LogLevel, message: string, facts?: LogFacts) => void;
