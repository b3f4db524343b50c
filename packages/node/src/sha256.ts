import { createHash } from 'node:crypto';
import type { Hash } from '@elbow/plan';

/** The digest that names chunks here and in the control process. */
export const sha256: Hash = (text) => createHash('sha256').update(text).digest('hex');
