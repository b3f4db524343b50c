/** grpc.health.v1.HealthCheckResponse.ServingStatus. */
const servingStatuses = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'] as const;
export type ServingStatus = (typeof servingStatuses)[number];

/** An empty HealthCheckRequest, which asks for the whole server, behind the prefix of a gRPC message. */
export const healthRequest: Buffer = Buffer.alloc(5);

/** Bytes of a reply that are looked at. */
export const mostReplyBytes = 1024;

/**
 * The serving status in the body of a unary reply: a gRPC message (one byte of flags, four of length) that holds field
 * 1 as a varint; a field that is not there has its first value. Null when the bytes are something else.
 */
export function servingStatusOf(body: Uint8Array): ServingStatus | null {
  if (body.length < 5 || body[0] !== 0) return null;
  const length = new DataView(body.buffer, body.byteOffset).getUint32(1);
  if (body.length < 5 + length) return null;
  const message = body.subarray(5, 5 + length);
  if (message.length === 0) return servingStatuses[0];
  // 0x08: field 1, varint. Values of more than one byte are none of the four.
  const [tag, value] = message;
  return tag === 0x08 && value !== undefined && value < 0x80 ? (servingStatuses[value] ?? null) : null;
}
