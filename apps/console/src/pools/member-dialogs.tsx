import type { MemberWire, PoolWire } from '@elbow/api';
import { AddMembersDrawer } from './add-members-drawer.tsx';
import { DrainDialog } from './drain-dialog.tsx';
import { HealthCheckDrawer } from './health-check-drawer.tsx';
import { MemberBatchDialog } from './member-batch-dialog.tsx';
import { MemberCheckDialog } from './member-check-dialog.tsx';
import type { OpenDialog } from './members-tab.tsx';
import { RemoveMembersDialog } from './remove-members-dialog.tsx';

export interface MemberDialogsProps {
  readonly pool: PoolWire;
  readonly open: OpenDialog;
  readonly onClose: () => void;
  /** @param left members that a change of all did not reach */
  readonly onDone: (left: readonly MemberWire[]) => void;
}

/** What opens for an operation on servers. */
export function MemberDialogs({ pool, open: { action, members }, onClose, onDone }: MemberDialogsProps) {
  const [first] = members;
  switch (action) {
    case 'add':
      return <AddMembersDrawer pool={pool} onClose={onClose} />;
    case 'monitor':
      return <HealthCheckDrawer pool={pool} onClose={onClose} />;
    case 'weight':
    case 'port':
      return <MemberBatchDialog {...{ pool, members, onClose, onDone }} field={action} />;
    case 'drain':
      return <DrainDialog {...{ pool, members, onClose, onDone }} />;
    case 'remove':
      return <RemoveMembersDialog {...{ pool, members, onClose, onDone }} />;
    case 'check':
      return first === undefined ? null : <MemberCheckDialog pool={pool} of={first} onClose={onClose} />;
  }
}
