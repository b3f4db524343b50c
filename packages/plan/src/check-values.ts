import { type Check, integer, text } from './check.ts';

/** The longest delay a timer of the runtime can hold. */
const maxDelayMs = 2 ** 31 - 1;

/** Ids travel in header fields and log lines, so the alphabet is closed. */
export const id: Check = text('an id of 1 to 64 letters, digits, - and _', (value) =>
  /^[\w-]{1,64}$/.test(value),
);
export const port: Check = integer(1, 65_535);
export const certificatePem: Check = text('PEM text of certificates', (value) =>
  value.includes('-----BEGIN CERTIFICATE-----'),
);

export function delayMs(min: number): Check {
  return integer(min, maxDelayMs);
}
