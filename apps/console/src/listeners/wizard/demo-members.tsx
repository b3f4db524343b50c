import { useMutation } from '@tanstack/react-query';
import { Button, Tooltip } from 'antd';
import { client } from '../../api/client.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { FailureText } from '../../shell/failure-panel.tsx';
import { wizardMessages } from '../texts/messages.ts';
import type { MemberRow } from './wizard-draft.ts';

export interface DemoMembersProps {
  readonly rows: readonly MemberRow[];
  readonly nextKey: number;
  readonly onChange: (rows: readonly MemberRow[]) => void;
}

interface DemoBackend {
  readonly name: string;
  readonly address: string;
  readonly protocol_port: number;
}

/** Something that answers, for whoever has no server at hand yet. */
export function DemoMembers({ rows, nextKey, onChange }: DemoMembersProps) {
  const t = useMessages(wizardMessages).members;
  const start = useMutation({
    mutationFn: async () =>
      (await client.startDemoBackends({ body: {} })).body['backends'] as readonly DemoBackend[],
    onSuccess: (backends) => onChange([...rows, ...backends.map((one, at) => rowOf(one, nextKey + at))]),
  });
  if (rows.length > 0) return null;
  return (
    <>
      <Tooltip title={t.demoText}>
        <Button type="link" loading={start.isPending} onClick={() => start.mutate()}>
          {t.demo}
        </Button>
      </Tooltip>
      {start.isError && (
        <span role="alert">
          <FailureText error={start.error} />
        </span>
      )}
    </>
  );
}

function rowOf({ name, address, protocol_port: port }: DemoBackend, key: number): MemberRow {
  return { key, name, address, protocol_port: port, weight: 1 };
}
