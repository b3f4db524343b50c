import { type HealthMonitor, parseExpectedCodes, usualCodes } from '@elbow/model';
import type { HealthCheck } from '@elbow/plan';
import type { ListenerPlace } from './listener.ts';

/**
 * @param place where checks come from, and the address that clients use
 * @returns null when the monitor is switched off: members are not checked then, as if there were none
 */
export function compileHealthCheck(
  monitor: HealthMonitor,
  { sourceAddresses, address }: Pick<ListenerPlace, 'sourceAddresses' | 'address'>,
): HealthCheck | null {
  if (!monitor.isAdminStateUp) return null;
  const { type, port, domainName, urlPath: path, httpMethod: method } = monitor;
  const codes = monitor.expectedCodes ?? usualCodes(type);
  return {
    type,
    port,
    domainName,
    virtualAddress: address,
    path,
    method,
    // Codes that are none are the API's business to refuse; a check that expects nothing would take all members out.
    expectedCodes: parseExpectedCodes(codes, type) ?? parseExpectedCodes(usualCodes(type), type) ?? [],
    intervalMs: monitor.intervalSeconds * 1000,
    timeoutMs: monitor.timeoutSeconds * 1000,
    healthyThreshold: monitor.healthyThreshold,
    unhealthyThreshold: monitor.unhealthyThreshold,
    sourceAddresses,
  };
}
