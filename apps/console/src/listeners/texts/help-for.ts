import { type FieldKey, type HelpKey, helpMessages } from './messages.ts';

/** Fields that are a part of something else are explained with it. */
const partOf: Readonly<Partial<Record<FieldKey, HelpKey>>> = {
  protectionReason: 'protection',
  poolName: 'pool',
  stickyType: 'sticky',
  cookieName: 'sticky',
  stickyMinutes: 'sticky',
  slowStartSeconds: 'slowStart',
  checkProtocol: 'healthCheck',
  checkDomain: 'healthCheck',
  checkPort: 'healthCheck',
  checkPath: 'healthCheck',
  checkMethod: 'healthCheck',
  checkCodes: 'healthCheck',
  checkInterval: 'healthCheck',
  checkTimeout: 'healthCheck',
  checkRise: 'healthCheck',
  checkFall: 'healthCheck',
};

/** The entry of the help that a field leads to; null: there is none. */
export function helpFor(field: string): HelpKey | null {
  if (Object.hasOwn(helpMessages.en, field)) return field as HelpKey;
  return partOf[field as FieldKey] ?? null;
}
