import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Switch } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { sinceItBegan, sumOf, valuesOf } from './chart-lines.ts';
import { Charts } from './charts.tsx';
import { CustomRange } from './custom-range.tsx';
import { monitoringMessages } from './messages.ts';
import { metricSeries, type MonitoringScope, type RangeKey, type Span } from './queries.ts';
import { useChosenTime } from './use-chosen-time.ts';
import { ZoneSelect } from './zone-select.tsx';
import './monitoring.css';

export interface MonitoringTabProps {
  readonly scope: MonitoringScope;
  readonly id: string;
  /** Availability zones to look at one by one; a choice is offered between several. */
  readonly zones?: readonly string[];
}

const fineMs = 10_000;
const coarseMs = 60_000;

/** What happened to a load balancer, listener or server group over time. */
export function MonitoringTab({ scope, id, zones = [] }: MonitoringTabProps) {
  const t = useMessages(monitoringMessages);
  const { range, zoom, zone, setRange, setZoom, setZone } = useChosenTime();
  const [isFresh, setFresh] = useState(true);
  const [isChoosing, setChoosing] = useState(false);
  const refreshMs = isFresh && zoom === null ? (range === '1h' ? fineMs : coarseMs) : false;
  const found = useQuery(metricSeries({ scope, id, range, zoom, refreshMs, zone }));
  const isWhole = zoom === null;
  const series = useMemo(() => {
    if (found.data === undefined) return undefined;
    return isWhole ? sinceItBegan(found.data) : found.data;
  }, [found.data, isWhole]);
  const isQuiet =
    found.data !== undefined &&
    sumOf(valuesOf(found.data, scope === 'pool' ? 'member_requests' : 'requests')) === 0;
  return (
    <div className="mon">
      <div className="mon-toolbar">
        <Segmented
          aria-label={t.range}
          value={range}
          options={Object.entries(t.ranges).map(([value, label]) => ({ value, label }))}
          onChange={(value) => setRange(value as RangeKey)}
        />
        <Button size="small" type="text" aria-expanded={isChoosing} onClick={() => setChoosing(!isChoosing)}>
          {t.custom.open}
        </Button>
        {zones.length > 1 && <ZoneSelect zones={zones} zone={zone} onZone={setZone} />}
        <label className="mon-switch">
          <Switch size="small" checked={isFresh} disabled={zoom !== null} onChange={setFresh} />
          {t.refresh}
        </label>
        <span className="mon-note">{found.data === undefined ? '' : t.step(found.data.step)}</span>
      </div>
      {isChoosing && (
        <CustomRange
          zoom={zoom}
          onChoose={(span) => {
            setZoom(span);
            setChoosing(false);
          }}
        />
      )}
      {zoom !== null && <ZoomLine zoom={zoom} scope={scope} id={id} onClose={() => setZoom(null)} />}
      <p className="mon-note">{isQuiet ? t.nothing : t.hint}</p>
      {found.isError && <FailurePanel error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <LoadingPage />}
      {series !== undefined && <Charts series={series} nowMs={found.dataUpdatedAt} onZoom={setZoom} />}
    </div>
  );
}

interface ZoomLineProps extends MonitoringTabProps {
  readonly zoom: Span;
  readonly onClose: () => void;
}

/** The stretch that is looked at, and the way from it to the requests of that time. */
function ZoomLine({ zoom, scope, id, onClose }: ZoomLineProps) {
  const t = useMessages(monitoringMessages);
  const format = useFormat();
  const [since, until] = [zoom.fromMs, zoom.toMs].map((ms) => new Date(ms).toISOString());
  return (
    <div className="mon-zoom" role="status">
      <strong>{t.zoomed(format.time(since ?? ''), format.time(until ?? ''))}</strong>
      <Button size="small" onClick={onClose}>
        {t.unzoom}
      </Button>
      {scope === 'loadbalancer' && (
        <Link to={`/lbs/${id}/logs?since=${since}&until=${until}`}>{t.toLogs}</Link>
      )}
    </div>
  );
}
