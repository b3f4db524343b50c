import { z } from 'zod';
import { always, ignored } from './fixed.ts';
import { line, oneOf, orNone, says, text } from './values.ts';

/** Fields that most resources have, by their wire names. */
export const name = line(255);
export const description = text(255);
export const protectionStatus = oneOf(['nonProtection', 'consoleProtection']);
export const protectionReason = line(255);

/** The project of a body is the one of its path, whatever the body says. */
export const inBothBodies = { project_id: ignored() };

export const onCreate = {
  name: name.default(''),
  description: description.default(''),
  protection_status: protectionStatus.default('nonProtection'),
  protection_reason: protectionReason.default(''),
};

export const onUpdate = {
  name: name.exactOptional(),
  description: description.exactOptional(),
  // Terraform writes an empty status for "none"; it stands for no change.
  protection_status: orNone(protectionStatus, ['', null]).exactOptional(),
  protection_reason: orNone(protectionReason, [null]).exactOptional(),
};

/** There is one enterprise project. */
export const enterpriseProjectId = always('0');

const tagText = /^[^=*<>\\,|/\p{Cc}]*$/u;
const tagMessage = 'without = * < > \\ , | / and control characters';
export const tagKey = z
  .string(says(`must be text of 1 to 128 characters ${tagMessage}`))
  .refine(
    (key) => isTagText(key, 128) && key.length > 0,
    `must be text of 1 to 128 characters ${tagMessage}`,
  );
export const tagValue = z
  .string(says(`must be text of at most 255 characters ${tagMessage}`))
  .refine((value) => isTagText(value, 255), `must be text of at most 255 characters ${tagMessage}`);

function isTagText(value: string, maxLength: number): boolean {
  return [...value].length <= maxLength && value.isWellFormed() && tagText.test(value);
}

export const maxTags = 20;

export const tags = z
  .array(
    z.strictObject(
      { key: tagKey, value: tagValue.default('') },
      says('must be an object with key and value'),
    ),
    says('must be a list of tags'),
  )
  .max(maxTags, `must hold at most ${maxTags} tags`)
  .refine((list) => new Set(list.map(({ key }) => key)).size === list.length, 'must not hold a key twice');
