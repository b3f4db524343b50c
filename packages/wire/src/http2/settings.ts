import { ErrorCode } from './error-code.ts';
import { DEFAULT_WINDOW, LARGEST_WINDOW } from './flow-window.ts';

/** Identifiers of settings: RFC 9113 §6.5.2, and RFC 9218 §2.1 for the last. */
export const SettingId = {
  headerTableSize: 0x1,
  enablePush: 0x2,
  maxConcurrentStreams: 0x3,
  initialWindowSize: 0x4,
  maxFrameSize: 0x5,
  maxHeaderListSize: 0x6,
  noRfc7540Priorities: 0x9,
} as const;

/** What a peer told us; the values are the defaults of the protocol until it does. */
export interface PeerSettings {
  headerTableSize: number;
  initialWindowSize: number;
  maxFrameSize: number;
  maxConcurrentStreams: number;
}

export function defaultPeerSettings(): PeerSettings {
  return {
    headerTableSize: 4096,
    initialWindowSize: DEFAULT_WINDOW,
    maxFrameSize: 16_384,
    maxConcurrentStreams: Number.POSITIVE_INFINITY,
  };
}

/** What an endpoint of ours asks for. Bytes, but `maxConcurrentStreams`. */
export interface Http2Settings {
  readonly maxConcurrentStreams: number;
  /** Window of a stream, at least 65,535: a smaller one could not be told before the peer may send. */
  readonly streamWindowBytes: number;
  /** Window of the connection: the bound on all body bytes that were received and not released. At least 65,535. */
  readonly connectionWindowBytes: number;
  /** Dynamic table of the peer's HPACK encoder. */
  readonly headerTableBytes: number;
}

export const defaultSettings: Http2Settings = {
  maxConcurrentStreams: 128,
  streamWindowBytes: 64 * 1024,
  connectionWindowBytes: 256 * 1024,
  headerTableBytes: 4096,
};

export interface SettingsFault {
  readonly code: number;
  readonly reason: string;
}

/**
 * Reads the payload of a SETTINGS frame (`bytes[start, end)`, a multiple of 6 long) into `peer`. Unknown settings are
 * ignored. Returns what is wrong with a value, or null.
 */
export function readSettings(
  bytes: Buffer,
  start: number,
  end: number,
  peer: PeerSettings,
): SettingsFault | null {
  for (let at = start; at < end; at += 6) {
    const fault = applySetting(peer, bytes.readUInt16BE(at), bytes.readUInt32BE(at + 2));
    if (fault !== null) return fault;
  }
  return null;
}

function applySetting(peer: PeerSettings, id: number, value: number): SettingsFault | null {
  switch (id) {
    case SettingId.headerTableSize:
      peer.headerTableSize = value;
      return null;
    case SettingId.enablePush:
      return value > 1 ? { code: ErrorCode.protocolError, reason: 'bad ENABLE_PUSH' } : null;
    case SettingId.maxConcurrentStreams:
      peer.maxConcurrentStreams = value;
      return null;
    case SettingId.initialWindowSize:
      peer.initialWindowSize = value;
      return value > LARGEST_WINDOW
        ? { code: ErrorCode.flowControlError, reason: 'bad INITIAL_WINDOW_SIZE' }
        : null;
    case SettingId.maxFrameSize:
      peer.maxFrameSize = value;
      return value < 16_384 || value > 0xff_ffff
        ? { code: ErrorCode.protocolError, reason: 'bad MAX_FRAME_SIZE' }
        : null;
    default:
      return null;
  }
}

/** The payload of a SETTINGS frame. */
export function settingsPayload(settings: readonly (readonly [id: number, value: number])[]): Buffer {
  const payload = Buffer.alloc(settings.length * 6);
  for (const [i, [id, value]] of settings.entries()) {
    payload.writeUInt16BE(id, i * 6);
    payload.writeUInt32BE(value, i * 6 + 2);
  }
  return payload;
}
