import { Drawer } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from './messages.ts';
import { NavList } from './nav-list.tsx';

export interface NavDrawerProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The navigation of narrow screens. */
export function NavDrawer({ isOpen, onClose }: NavDrawerProps) {
  const t = useMessages(shellMessages);
  return (
    <Drawer
      open={isOpen}
      onClose={onClose}
      placement="left"
      size={280}
      title={t.product}
      styles={{ body: { padding: '8px 12px' } }}
    >
      <NavList />
    </Drawer>
  );
}
