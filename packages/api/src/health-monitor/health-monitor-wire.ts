import { type HealthMonitor, usualCodes } from '@elbow/model';
import { wireTime } from '../time.ts';

export function healthMonitorToWire(monitor: HealthMonitor) {
  return {
    id: monitor.id,
    project_id: monitor.projectId,
    name: monitor.name,
    pools: [{ id: monitor.poolId }],
    type: monitor.type,
    delay: monitor.intervalSeconds,
    timeout: monitor.timeoutSeconds,
    max_retries: monitor.healthyThreshold,
    max_retries_down: monitor.unhealthyThreshold,
    monitor_port: monitor.port,
    domain_name: monitor.domainName,
    http_method: monitor.httpMethod,
    url_path: monitor.urlPath,
    expected_codes: monitor.expectedCodes ?? usualCodes(monitor.type),
    admin_state_up: monitor.isAdminStateUp,
    created_at: wireTime(monitor.createdAtMs),
    updated_at: wireTime(monitor.updatedAtMs),
  };
}
