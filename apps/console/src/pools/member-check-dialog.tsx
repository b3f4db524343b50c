import type { MemberCheckWire, MemberWire, PoolWire } from '@elbow/api';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Modal, Select, Spin } from 'antd';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { FailureText } from '../shell/failure-panel.tsx';
import { shellMessages } from '../shell/messages.ts';
import { CheckResult } from './check-result.tsx';
import { placeOf } from './member-state.ts';
import { poolMessages } from './messages.ts';
import { usePoolUsers } from './pool-users.ts';
import { checkJob } from './queries.ts';

export interface MemberCheckDialogProps {
  readonly pool: PoolWire;
  readonly of: MemberWire;
  readonly onClose: () => void;
}

/** Lets a node check a server now, and shows every step of it. */
export function MemberCheckDialog({ pool, of, onClose }: MemberCheckDialogProps) {
  const { probe: t } = useMessages(poolMessages);
  const { actions } = useMessages(shellMessages);
  const { allListeners: listeners } = usePoolUsers(pool);
  const [chosen, setChosen] = useState<string | null>(null);
  const listenerId = chosen ?? listeners[0]?.id ?? null;
  const { job, start, error, isRunning } = useMemberCheck(of.id);
  return (
    <Modal
      open
      width={680}
      title={t.title(placeOf(of))}
      footer={<Button onClick={onClose}>{actions.close}</Button>}
      onCancel={onClose}
    >
      <p>{t.text}</p>
      {listenerId === null ? (
        <Alert type="warning" showIcon title={t.noListener} />
      ) : (
        <div className="probe-form">
          <label className="probe-listener">
            <span>{t.listener}</span>
            <Select
              aria-label={t.listener}
              value={listenerId}
              options={listeners.map((one) => ({
                value: one.id,
                label: `${nameOf(one)} ${one.protocol}/${one.protocol_port}`,
              }))}
              onChange={setChosen}
            />
          </label>
          <Button type="primary" loading={isRunning} onClick={() => start(listenerId)}>
            {job === undefined ? t.start : t.again}
          </Button>
        </div>
      )}
      {error !== null && <Alert role="alert" type="error" showIcon title={<FailureText error={error} />} />}
      <Outcome job={job} isRunning={isRunning} />
    </Modal>
  );
}

interface OutcomeProps {
  readonly job: MemberCheckWire | undefined;
  readonly isRunning: boolean;
}

function Outcome({ job, isRunning }: OutcomeProps) {
  const { probe: t } = useMessages(poolMessages);
  return (
    <div aria-live="polite" aria-busy={isRunning}>
      {isRunning && (
        <p className="probe-running">
          <Spin size="small" /> {t.running}
        </p>
      )}
      {!isRunning && job !== undefined && <CheckResult job={job} />}
    </div>
  );
}

function useMemberCheck(memberId: string) {
  const begin = useMutation({
    mutationFn: (listenerId: string) =>
      client.createMemberHealthCheckJob({
        params: { member_id: memberId },
        body: { member_check: { listener_id: listenerId, subject: 'all' } },
      }),
  });
  const jobId = begin.data?.body.member_check.job_id;
  const job = useQuery({ ...checkJob(jobId ?? ''), enabled: jobId !== undefined });
  const isUnfinished =
    jobId !== undefined && !job.isError && (job.data?.status ?? 'processing') === 'processing';
  return {
    job: job.data,
    start: begin.mutate,
    error: begin.error ?? job.error,
    isRunning: begin.isPending || isUnfinished,
  };
}
