import { client } from '../api/client.ts';
import { useBulk } from '../api/use-bulk.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { type BulkActionsProps, BulkDeleteBar, type BulkDialogProps } from '../shell/bulk-delete-bar.tsx';
import { BulkDeleteDialog } from '../shell/bulk-delete-dialog.tsx';
import { policyMessages } from './messages.ts';
import { PoolLink } from './pool-link.tsx';
import { poolShares, type WholePolicy } from './whole-policy.ts';

/** What can be done with several policies at once. */
export function PolicyBulkActions(props: BulkActionsProps<WholePolicy>) {
  return <BulkDeleteBar {...props} dialog={DeleteDialog} />;
}

function DeleteDialog({ rows, onClose, onDone }: BulkDialogProps<WholePolicy>) {
  const t = useMessages(policyMessages);
  const remove = useBulk(({ id }: WholePolicy) => client.deleteL7Policy({ params: { l7policy_id: id } }), {
    said: t.bulk.saved,
    concerns: () => rows.map(({ listener_id: id }) => id).slice(0, 1),
  });
  return (
    <BulkDeleteDialog
      title={t.bulk.title}
      rows={rows}
      bulk={remove}
      word={t.bulk.word}
      nameOf={nameOf}
      renderDetail={(policy) => <Targets of={policy} />}
      onClose={onClose}
      onDone={onDone}
    >
      <p>{t.bulk.effect}</p>
    </BulkDeleteDialog>
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
