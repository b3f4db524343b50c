import { Drawer } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from './messages.ts';
import { NavList } from './nav-list.tsx';

export interface NavDrawerProps {
  readonly onClose: () => void;
}

/** The navigation of narrow screens. */
export function NavDrawer({ onClose }: NavDrawerProps) {
  const t = useMessages(shellMessages);
  return (
    <Drawer
      open
      onClose={onClose}
      placement="left"
      size={280}
      title={t.product}
      styles={{ body: { padding: '8px 12px' } }}
    >
      <NavList onNavigate={onClose} />
    </Drawer>
  );
}
