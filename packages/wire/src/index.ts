export { ChunkedDecoder, type ChunkedOptions } from './http1/chunked-decoder.ts';
export { chunkPrefix, chunkTrailers, LAST_CHUNK } from './http1/encode-chunk.ts';
export {
  type ConnectionUse,
  encodeRequestHead,
  encodeResponseHead,
  type RequestToEncode,
  type ResponseToEncode,
} from './http1/encode-head.ts';
export { fieldValue, forEachField, removeFields } from './http1/fields.ts';
export { isWireProblem } from './http1/problem.ts';
export { reasonPhrase } from './http1/reason-phrase.ts';
export { RequestDecoder, type RequestDecoderState } from './http1/request-decoder.ts';
export { parseRequestHead } from './http1/request-head.ts';
export { isAuthority } from './http1/request-line.ts';
export { ResponseDecoder, type ResponseDecoderState } from './http1/response-decoder.ts';
export { parseResponseHead } from './http1/response-head.ts';
export * from './message.ts';
export * from './http2/index.ts';
