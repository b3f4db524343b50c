import { mapOutcome, type Outcome, type RecycleBin } from '@elbow/model';
import { z } from 'zod';
import { parseBody } from '../schema/parse-body.ts';
import { inBothBodies } from '../schema/shared-fields.ts';
import { flag, integer, says } from '../schema/values.ts';

/** The published pages give no ranges; a year bounds both. */
const mostHours = 8_760;

export const recycleBinSwitchBody = z.strictObject({ ...inBothBodies, enable: flag });

export const recycleBinPolicyBody = z.strictObject({
  ...inBothBodies,
  policy: z.strictObject(
    {
      retention_hour: integer(1, mostHours).exactOptional(),
      recycle_threshold_hour: integer(0, mostHours).exactOptional(),
    },
    says('must be an object'),
  ),
});

export function parseRecycleBinSwitch(body: unknown): Outcome<Pick<RecycleBin, 'isEnabled'>> {
  return mapOutcome(parseBody('recycle_bin', recycleBinSwitchBody, body), (wire) => ({
    isEnabled: wire.enable,
  }));
}

/** What is not said stays. */
export function parseRecycleBinPolicy(
  body: unknown,
  before: RecycleBin,
): Outcome<Pick<RecycleBin, 'retentionHours' | 'thresholdHours'>> {
  return mapOutcome(parseBody('recycle_bin', recycleBinPolicyBody, body), ({ policy }) => ({
    retentionHours: policy.retention_hour ?? before.retentionHours,
    thresholdHours: policy.recycle_threshold_hour ?? before.thresholdHours,
  }));
}
