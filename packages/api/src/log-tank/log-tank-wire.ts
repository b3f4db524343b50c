import type { LoadBalancer, LogTank } from '@elbow/model';

export function logTankToWire({ id, projectId }: Pick<LoadBalancer, 'id' | 'projectId'>, tank: LogTank) {
  return {
    id: tank.id,
    project_id: projectId,
    loadbalancer_id: id,
    log_group_id: tank.groupId,
    log_topic_id: tank.topicId,
  };
}
