/** Some facts are made of what a client says of itself: none of it may end a line. @returns null for what might */
export function safeValue(value: string | null): string | null {
  return value !== null && /^[\x20-\x7e]+$/.test(value) ? value : null;
}
