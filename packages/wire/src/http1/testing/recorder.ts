import {
  defaultLimits,
  type RequestHead,
  type ResponseHead,
  type WireLimits,
  type WireProblem,
} from '../../message.ts';
import { RequestDecoder } from '../request-decoder.ts';
import { ResponseDecoder } from '../response-decoder.ts';

export interface RecordedRequest {
  readonly head: RequestHead;
  body: string;
  complete: boolean;
}

export interface RequestRecording {
  readonly messages: RecordedRequest[];
  problem: WireProblem | null;
  /** Bytes that a problem or the end of the input left. */
  unfinished: boolean;
}

/** Plays an owner that reads pipelined requests from `pieces`, keeping what a message leaves over for the next. */
export function readRequests(
  pieces: readonly Buffer[],
  limits: WireLimits = defaultLimits,
): RequestRecording {
  const seen: RequestRecording = { messages: [], problem: null, unfinished: false };
  const decoder = new RequestDecoder(
    {
      onRequestHead: (head) => seen.messages.push({ head, body: '', complete: false }),
      onRequestBody(bytes, start, end) {
        if (end <= start) throw new Error('an empty range of payload');
        seen.messages.at(-1)!.body += bytes.toString('latin1', start, end);
      },
      onRequestEnd() {
        seen.messages.at(-1)!.complete = true;
      },
      onRequestProblem(problem) {
        if (seen.problem !== null) throw new Error('a second problem');
        seen.problem = problem;
      },
    },
    limits,
  );
  for (const piece of pieces) {
    // Room around the piece shows any look beyond its ends.
    const bytes = Buffer.concat([Buffer.from('\r\n\r\nGET'), piece, Buffer.from('\r\n\r\nXY')]);
    const end = bytes.length - 6;
    let at = 7;
    while (at < end && seen.problem === null) {
      const before = at;
      at = decoder.push(bytes, at, end);
      if (at > end || at < before) throw new Error('consumed what it was not given');
      if (decoder.state === 'ended') decoder.next();
      else if (at < end && seen.problem === null) throw new Error('stopped for no reason');
    }
  }
  seen.unfinished = decoder.midMessage;
  return seen;
}

export interface RecordedResponse {
  readonly informational: ResponseHead[];
  head: ResponseHead | null;
  body: string;
  trailers: string | null;
  problem: WireProblem | null;
  /** How many bytes of the input were not used. */
  surplus: number;
}

/** Reads the answer to one request from `pieces`, and lets the member close then if `closes`. */
export function readResponse(
  pieces: readonly Buffer[],
  options: { readonly method?: string; readonly closes?: boolean; readonly limits?: WireLimits } = {},
): RecordedResponse {
  const seen: RecordedResponse = {
    informational: [],
    head: null,
    body: '',
    trailers: null,
    problem: null,
    surplus: 0,
  };
  const decoder = new ResponseDecoder(
    {
      onInformational: (head) => seen.informational.push(head),
      onResponseHead: (head) => {
        seen.head = head;
      },
      onResponseBody(bytes, start, end) {
        if (end <= start) throw new Error('an empty range of payload');
        seen.body += bytes.toString('latin1', start, end);
      },
      onResponseEnd(trailers) {
        if (seen.trailers !== null) throw new Error('a second end');
        seen.trailers = trailers;
      },
      onResponseProblem(problem) {
        if (seen.problem !== null) throw new Error('a second problem');
        seen.problem = problem;
      },
    },
    options.limits ?? defaultLimits,
  );
  decoder.expect(options.method ?? 'GET');
  for (const piece of pieces) {
    const bytes = Buffer.concat([Buffer.from('\r\n\r\nGET'), piece, Buffer.from('\r\n\r\nXY')]);
    const end = bytes.length - 6;
    const at = decoder.push(bytes, 7, end);
    if (at > end || at < 7) throw new Error('consumed what it was not given');
    seen.surplus += end - at;
  }
  if (options.closes !== false) decoder.end();
  return seen;
}
