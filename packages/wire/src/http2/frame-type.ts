/** Frame types (RFC 9113 §6). Every other number is an extension and is ignored (§5.5). */
export const FrameType = {
  data: 0x0,
  headers: 0x1,
  priority: 0x2,
  rstStream: 0x3,
  settings: 0x4,
  pushPromise: 0x5,
  ping: 0x6,
  goaway: 0x7,
  windowUpdate: 0x8,
  continuation: 0x9,
} as const;

/** Frame flags; `ack` and `endStream` share a bit, they belong to different types. */
export const FrameFlag = {
  endStream: 0x1,
  ack: 0x1,
  endHeaders: 0x4,
  padded: 0x8,
  priority: 0x20,
} as const;

/** Bytes in front of every frame: length 24 bits, type 8, flags 8, reserved 1 + stream id 31. */
export const FRAME_HEADER_BYTES = 9;

/** The smallest SETTINGS_MAX_FRAME_SIZE there is, and the one we keep for what we read (RFC 9113 §4.2). */
export const MAX_FRAME_BYTES = 16_384;

/** What a client sends before its first frame (RFC 9113 §3.4). */
export const CONNECTION_PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
