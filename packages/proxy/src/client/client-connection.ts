/** What a listener asks of the client connections it accepted, whatever they speak. */
export interface ClientConnection {
  /** The listener goes away: an idle connection closes now, a busy one after its answers. */
  drain(): void;
  /** The listener has another idle timeout: a connection without requests lives by it from now on. */
  idleTimeChanged(): void;
  /** Once a second: looks after what no event tells of. */
  tick?(nowMs: number): void;
  /** Ends the connection now, answers or not. */
  abort(): void;
}
