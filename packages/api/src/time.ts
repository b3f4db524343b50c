/** `yyyy-MM-ddTHH:mm:ssZ`, UTC: the only form of time in the v3 API. */
export function wireTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
