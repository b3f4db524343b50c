/** A listener as it was given to `on`; each event has its own words. */
export type SocketListener = (...words: never[]) => void;
type Heard = (word?: unknown) => void;
/** Nobody, one listener, or several; a list is never changed, so that who listens may change while they are told. */
type Audience = Heard | readonly Heard[] | null;

export type SocketEvent = 'data' | 'drain' | 'end' | 'finish' | 'error' | 'close' | 'handshakeDone';

/**
 * Events of one socket, with the names that sockets have and no others. Ten thousand idle connections hold one of these each: a
 * field for each event takes a quarter of the memory of an EventEmitter.
 */
export class SocketEvents {
  private data: Audience = null;
  private drain: Audience = null;
  private finish: Audience = null;
  private error: Audience = null;
  private close: Audience = null;
  private handshakeDone: Audience = null;
  /** `end` is what a socket does. */
  private ended: Audience = null;

  on(event: SocketEvent, listener: SocketListener): this {
    const field = fieldOf(event);
    this[field] = joined(this[field], listener as Heard);
    return this;
  }

  once(event: SocketEvent, listener: SocketListener): this {
    if (event !== 'data' && event !== 'drain') return this.on(event, listener); // these come once at most
    const first = (...words: never[]): void => {
      this.off(event, first);
      listener(...words);
    };
    return this.on(event, first);
  }

  off(event: SocketEvent, listener: SocketListener): this {
    const field = fieldOf(event);
    this[field] = without(this[field], listener as Heard);
    return this;
  }

  protected emit(event: SocketEvent, word?: unknown): void {
    const audience = this[fieldOf(event)];
    if (audience === null) return;
    if (typeof audience === 'function') return audience(word);
    for (const listener of audience) listener(word);
  }
}

function fieldOf(event: SocketEvent): Exclude<SocketEvent, 'end'> | 'ended' {
  return event === 'end' ? 'ended' : event;
}

function joined(audience: Audience, listener: Heard): Audience {
  if (audience === null) return listener;
  return typeof audience === 'function' ? [audience, listener] : [...audience, listener];
}

function without(audience: Audience, listener: Heard): Audience {
  if (audience === null || audience === listener) return null;
  if (typeof audience === 'function') return audience;
  return audience.filter((each) => each !== listener);
}
