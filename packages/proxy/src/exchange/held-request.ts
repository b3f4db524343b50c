/** What a held request is given to when its time has come. */
export interface RequestTaker {
  requestBody(bytes: Buffer): boolean;
  requestEnd(): void;
}

/**
 * What came of a request that waits for the end of its client's handshake. It is no more than fits into early data, and
 * what the socket had read with it: nothing more is read meanwhile.
 */
export class HeldRequest {
  private readonly body: Buffer[] = [];
  private isComplete = false;

  /** Copies `bytes`. @returns false: the client is to send no more for now */
  keep(bytes: Buffer): false {
    this.body.push(Buffer.from(bytes));
    return false;
  }

  end(): void {
    this.isComplete = true;
  }

  giveTo(taker: RequestTaker): void {
    for (const bytes of this.body) taker.requestBody(bytes);
    if (this.isComplete) taker.requestEnd();
  }
}
