import { Alert } from 'antd';
import { Link } from 'react-router';
import { useMessages } from '../../i18n/use-messages.ts';
import { formMessages } from '../texts/messages.ts';
import type { Shortage } from './use-remarks.ts';

export interface ShortageAlertProps {
  readonly shortage: Shortage | null;
  readonly loadBalancerId: string;
}

/** Backend subnets that have run out stop a listener: better to know before the last step. */
export function ShortageAlert({ shortage, loadBalancerId }: ShortageAlertProps) {
  const t = useMessages(formMessages);
  if (shortage === null) return null;
  return (
    <Alert
      role="alert"
      type="error"
      showIcon
      className="problem-list"
      title={t.short(shortage.free, shortage.needed)}
      description={
        <>
          {t.packetFilters} <Link to={`/lbs/${loadBalancerId}/summary`}>{t.shortLink}</Link>
        </>
      }
    />
  );
}
