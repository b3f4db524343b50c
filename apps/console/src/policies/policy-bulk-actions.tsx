import { Button } from 'antd';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { useBulk } from '../api/use-bulk.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { BulkBar } from '../shell/bulk-bar.tsx';
import { BulkDeleteDialog } from '../shell/bulk-delete-dialog.tsx';
import { shellMessages } from '../shell/messages.ts';
import { policyMessages } from './messages.ts';
import { PoolLink } from './pool-link.tsx';
import { poolShares, type WholePolicy } from './whole-policy.ts';

export interface PolicyBulkActionsProps {
  readonly rows: readonly WholePolicy[];
  readonly onSelect: (rows: readonly WholePolicy[]) => void;
}

/** What can be done with several policies at once. */
export function PolicyBulkActions({ rows, onSelect }: PolicyBulkActionsProps) {
  const t = useMessages(policyMessages);
  const { actions } = useMessages(shellMessages);
  const [isRemoving, setRemoving] = useState(false);
  const remove = useBulk(({ id }: WholePolicy) => client.deleteL7Policy({ params: { l7policy_id: id } }), {
    said: t.bulk.saved,
    concerns: () => rows.map(({ listener_id: id }) => id).slice(0, 1),
  });
  return (
    <>
      <BulkBar count={rows.length} onClear={() => onSelect([])}>
        <Button danger onClick={() => setRemoving(true)}>
          {actions.delete}
        </Button>
      </BulkBar>
      {isRemoving && (
        <BulkDeleteDialog
          title={t.bulk.title}
          rows={rows}
          bulk={remove}
          word={t.bulk.word}
          nameOf={nameOf}
          renderDetail={(policy) => <Targets of={policy} />}
          onClose={() => setRemoving(false)}
          onDone={onSelect}
        >
          <p>{t.bulk.effect}</p>
        </BulkDeleteDialog>
      )}
    </>
  );
}

/** Groups that get fewer requests without it. */
function Targets({ of }: { readonly of: WholePolicy }) {
  return (
    <span className="cell-links">
      {poolShares(of).map(({ pool_id: id }) => (
        <PoolLink key={id} id={id} />
      ))}
    </span>
  );
}
