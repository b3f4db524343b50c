import { Form } from 'antd';
import { useMessages } from '../../i18n/use-messages.ts';
import { formMessages } from '../texts/messages.ts';
import { AccessFields } from './access-fields.tsx';
import { BehaviourFields, TimeoutFields } from './behaviour-fields.tsx';
import { CertificateFields } from './certificate-fields.tsx';
import { Fold } from './fold.tsx';
import { FrontendFields } from './frontend-fields.tsx';
import { HeaderFields } from './header-fields.tsx';
import { LimitFields } from './limit-fields.tsx';
import { NoteFields } from './note-fields.tsx';
import { SecurityFields } from './security-fields.tsx';

export interface ListenerFieldsProps {
  readonly isAdvancedOpen: boolean;
  readonly onAdvanced: (isOpen: boolean) => void;
}

/** Every field of a listener: to make one, and to change one. */
export function ListenerFields({ isAdvancedOpen, onAdvanced }: ListenerFieldsProps) {
  const t = useMessages(formMessages);
  const isHttps = Form.useWatch<string>('protocol') === 'HTTPS';
  return (
    <>
      <FrontendFields />
      {isHttps && <CertificateFields />}
      <AccessFields />
      <Fold title={t.advanced} note={t.advancedNote} isOpen={isAdvancedOpen} onToggle={onAdvanced}>
        {isHttps && <SecurityFields />}
        <HeaderFields />
        <BehaviourFields />
        <TimeoutFields />
        <LimitFields />
        <NoteFields />
      </Fold>
    </>
  );
}
