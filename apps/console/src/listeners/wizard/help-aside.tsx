import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { type HelpKey, wizardMessages } from '../texts/messages.ts';
import { HelpPanel } from './help-panel.tsx';

export interface HelpAsideProps {
  readonly field: HelpKey | null;
  readonly onField: (field: HelpKey) => void;
  /** Opens the fold that a field may be in. */
  readonly onAdvanced: () => void;
}

/** Help beside the form where there is room for it, in a drawer where there is none. */
export function HelpAside({ field, onField, onAdvanced }: HelpAsideProps) {
  const { help } = useMessages(wizardMessages);
  const [isOpen, setOpen] = useState(false);
  const pick = (picked: HelpKey): void => {
    onField(picked);
    setOpen(false);
    onAdvanced();
    requestAnimationFrame(() => focusField(picked));
  };
  return (
    <>
      <aside className="wz-help" aria-label={help}>
        <HelpPanel field={field} onPick={pick} />
      </aside>
      <Button className="wz-help-button" icon={<QuestionCircleOutlined />} onClick={() => setOpen(true)}>
        {help}
      </Button>
      <Drawer
        open={isOpen}
        title={help}
        size="min(420px, 100vw)"
        onClose={() => setOpen(false)}
        destroyOnHidden
      >
        <HelpPanel field={field} onPick={pick} />
      </Drawer>
    </>
  );
}

function focusField(field: HelpKey): void {
  const row = document.querySelector(`.wz-main [data-field="${field}"]`);
  row?.scrollIntoView({ block: 'center' });
  row
    ?.querySelector<HTMLElement>('input:not(:disabled), textarea, button:not(:disabled), [tabindex]')
    ?.focus();
}
