import { BodyQueue } from './body-queue.ts';
import { ReceiveWindow } from './flow-window.ts';

export interface StreamWindows {
  readonly send: number;
  readonly receive: number;
}

/** One exchange: what is known about both directions of it. Open for as long as it stands in the table of streams. */
export class Http2Stream {
  readonly id: number;

  /** The request is HEAD: its answer has no body, whatever it declares. */
  isForHead = false;

  // Sending
  /** What the peer's window lets out; negative after it was made smaller (RFC 9113 §6.9.2). */
  sendWindow: number;
  readonly body = new BodyQueue();
  /** Body bytes that a declared Content-Length still asks for, or -1. */
  owedBytes = -1;
  /** The body is complete; `trailers` are to be sent behind it. */
  isEnding = false;
  trailers = '';
  hasSentHead = false;
  hasSentEnd = false;
  /** The owner was told to pause and waits for a call. */
  isPaused = false;
  /** Waits for its turn. */
  isQueued = false;
  next: Http2Stream | null = null;
  /** Where the head of the last frame stands in the output, while it is still there. */
  tailSerial = -1;
  tailAt = 0;
  /** Since when nothing (less than a kilobyte) went out although something waits; bytes that went out since. */
  stalledSinceMs = 0;
  sentSinceStall = 0;

  // Receiving
  readonly receive: ReceiveWindow;
  hasReceivedEnd = false;
  /** Length that the peer declared for its body, or -1. */
  expectedBytes = -1;
  receivedBytes = 0;
  /** Nobody wants the body: it is counted and thrown away. */
  isDiscarding = false;
  /** The answer is complete and the request is not: until when, and how much of it, is still read. 0: it is not so. */
  lingerUntilMs = 0;
  lingerBytes = 0;

  isClosed = false;

  constructor(id: number, windows: StreamWindows) {
    this.id = id;
    this.sendWindow = windows.send;
    this.receive = new ReceiveWindow(windows.receive);
  }
}
