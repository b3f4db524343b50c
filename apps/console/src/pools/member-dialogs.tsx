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
  readonly all: readonly MemberWire[];
  readonly open: OpenDialog;
  readonly onClose: () => void;
}

/** What opens for an operation on servers. */
export function MemberDialogs({ pool, all, open: { action, members }, onClose }: MemberDialogsProps) {
  const [first] = members;
  switch (action) {
    case 'add':
      return <AddMembersDrawer pool={pool} all={all} onClose={onClose} />;
    case 'monitor':
      return <HealthCheckDrawer pool={pool} onClose={onClose} />;
    case 'weight':
    case 'port':
      return <MemberBatchDialog {...{ pool, members, onClose }} field={action} />;
    case 'drain':
      return <DrainDialog {...{ pool, all, members, onClose }} />;
    case 'remove':
      return <RemoveMembersDialog {...{ pool, all, members, onClose }} />;
    case 'check':
      return first === undefined ? null : <MemberCheckDialog pool={pool} of={first} onClose={onClose} />;
  }
}
