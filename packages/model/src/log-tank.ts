/** Switches the access log of one load balancer on. Group and topic are labels of a log service; here there is one log. */
export interface LogTank {
  readonly id: string;
  readonly groupId: string;
  readonly topicId: string;
  readonly createdAtMs: number;
}
