import type { Protection } from './resource.ts';

export const unprotected: Protection = { protectionStatus: 'nonProtection', protectionReason: '' };

/** The reason means something only while the lock is on, and goes with it. */
export function applyProtection(before: Protection, change: Partial<Protection>): Protection {
  const protectionStatus = change.protectionStatus ?? before.protectionStatus;
  if (protectionStatus === 'nonProtection') return unprotected;
  return { protectionStatus, protectionReason: change.protectionReason ?? before.protectionReason };
}
