import type { IpGroup } from '@elbow/model';
import { wireTime } from '../time.ts';

export interface IpGroupRelations {
  readonly listenerIds: readonly string[];
}

export function ipGroupToWire(group: IpGroup, { listenerIds }: IpGroupRelations) {
  return {
    id: group.id,
    project_id: group.projectId,
    name: group.name,
    description: group.description,
    enterprise_project_id: group.enterpriseProjectId,
    ip_list: group.entries.map(({ ip, description }) => ({ ip, description })),
    listeners: listenerIds.map((id) => ({ id })),
    created_at: wireTime(group.createdAtMs),
    updated_at: wireTime(group.updatedAtMs),
  };
}
