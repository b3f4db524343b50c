import type { Shapes } from '../translator.ts';
import { access } from './access.ts';
import { capabilities } from './capabilities.ts';
import { certificates } from './certificates.ts';
import { forwarding } from './forwarding.ts';
import { health } from './health.ts';
import { listeners } from './listeners.ts';
import { members } from './members.ts';
import { nouns } from './nouns.ts';
import { operations } from './operations.ts';
import { values } from './values.ts';

/** Everything that the server says, in Chinese. */
export const zhShapes: Shapes = {
  ...nouns,
  ...operations,
  ...values,
  ...members,
  ...listeners,
  ...forwarding,
  ...certificates,
  ...health,
  ...access,
  ...capabilities,
};
