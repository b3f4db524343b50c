import type { StatusPage } from '@elbow/traffic';
import type { ResponseHead } from '@elbow/wire';

/**
 * What an exchange needs of the client it answers: an HTTP/1.1 connection, or one stream of an HTTP/2 connection.
 * Calls come in this order: informational*, then either head, body*, end; or a page. `abort` may come at any time.
 */
export interface ClientSide {
  /** Bytes of the answer in hand so far, head and body, before TLS. */
  readonly answerBytes: number;
  /** Tells a client that waits for it to send its body. */
  sendContinue(): void;
  sendInformational(head: ResponseHead): void;
  sendHead(head: ResponseHead): void;
  /**
   * Copies `bytes[start, end)` on its way to the client.
   * @returns false when the client is behind: read no more from the member until `Exchange.clientDrained`
   */
  sendBody(bytes: Buffer, start: number, end: number): boolean;
  /** Completes the answer. */
  sendEnd(trailers: string): void;
  /** Answers with a page of the load balancer's own, complete. */
  sendPage(page: StatusPage): void;
  /** The answer has begun and cannot be completed: the client must see that it is cut. */
  abort(): void;
  /** The member switched protocols: from now on bytes pass both ways as they are. */
  switchProtocols(head: ResponseHead): void;
  sendTunnelBytes(bytes: Buffer, start: number, end: number): boolean;
  /** The member closed its half of the tunnel. */
  endTunnel(): void;
  /** The member takes more of the request body. */
  resumeBody(): void;
  /** A batch of output is complete; write it. */
  flush(): void;
}
