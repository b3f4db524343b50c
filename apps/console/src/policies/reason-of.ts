import { fieldComplaints } from '@elbow/api';
import { serverSentence } from '../server-words/server-words.ts';

/** The reason of a problem without the field it names, as a sentence. */
export function reasonOf(message: string): string {
  return serverSentence(fieldComplaints(message)[0]?.reason ?? message);
}
