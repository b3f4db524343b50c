import { Select } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { monitoringMessages } from './messages.ts';

export interface ZoneSelectProps {
  readonly zones: readonly string[];
  readonly zone: string | null;
  readonly onZone: (zone: string | null) => void;
}

const everywhere = '';

/** All availability zones, or one of them. */
export function ZoneSelect({ zones, zone, onZone }: ZoneSelectProps) {
  const t = useMessages(monitoringMessages);
  return (
    <Select
      size="small"
      aria-label={t.zone}
      className="mon-zone"
      value={zone ?? everywhere}
      options={[
        { value: everywhere, label: t.allZones },
        ...zones.map((code) => ({ value: code, label: code })),
      ]}
      onChange={(code) => onZone(code === everywhere ? null : code)}
    />
  );
}
