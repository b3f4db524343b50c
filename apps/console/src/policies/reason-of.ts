import { fieldComplaints } from '@elbow/api';

/** The reason of a problem without the field it names, as a sentence. */
export function reasonOf(message: string): string {
  const reason = fieldComplaints(message)[0]?.reason ?? message;
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}
