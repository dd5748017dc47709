// Costs by day and by month.
import { useEffect, useState } from 'react';
import type { Costs } from '../../../shared/contract/usage';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { Button } from '../../ui/Button';
import { formatCost, formatDate, formatMonth } from '../../ui/format';
import styles from './LimitsSection.module.css';

type Line = { period: string } & Pick<Costs['days'][number], 'pictures' | 'costMicroUsd' | 'unpriced'>;

/** Number of days that are shown; all months are shown. */
const shownDays = 14;

export function CostsSection() {
  const [costs, setCosts] = useState<Costs | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [by, setBy] = useState<'month' | 'day'>('month');

  useEffect(() => {
    void request('usage:costs', {}).then((reply) => {
      if (reply.ok) setCosts(reply.value);
      else setFailed(reply.message);
    });
  }, []);

  const lines = costs === null ? [] : sumBy(costs, by).slice(0, by === 'day' ? shownDays : undefined);
  return (
    <section className={styles['costs']} aria-labelledby="costs" data-setting="costs">
      <h3 id="costs">{t('usage.costs')}</h3>
      {failed !== null && <p role="alert">{failed}</p>}
      {costs !== null && lines.length === 0 && <p className={styles['note']}>{t('usage.no_costs')}</p>}
      {lines.length > 0 && (
        <>
          <div className={styles['switch']}>
            <Button aria-pressed={by === 'month'} onClick={() => setBy('month')}>
              {t('usage.by_month')}
            </Button>
            <Button aria-pressed={by === 'day'} onClick={() => setBy('day')}>
              {t('usage.by_day')}
            </Button>
          </div>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">{t(by === 'month' ? 'usage.month' : 'usage.day')}</th>
                <th scope="col">{t('usage.made')}</th>
                <th scope="col">{t('usage.cost_at_most')}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ period, pictures, costMicroUsd, unpriced }) => (
                <tr key={period}>
                  <th scope="row">{nameOf(period)}</th>
                  <td>{t('usage.pictures', { count: pictures })}</td>
                  <td>{describeCost(costMicroUsd, unpriced)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={styles['note']}>{t('usage.costs_note')}</p>
        </>
      )}
    </section>
  );
}

function describeCost(costMicroUsd: number, unpriced: number): string {
  const cost = formatCost(costMicroUsd);
  return unpriced > 0 ? t('usage.cost_and_unknown', { cost, count: unpriced }) : cost;
}

/** Returns one line per day or month, latest first. */
function sumBy({ days }: Costs, by: 'month' | 'day'): Line[] {
  const lines = new Map<string, Line>();
  for (const { day, pictures, costMicroUsd, unpriced } of days) {
    const period = by === 'day' ? day : day.slice(0, 7);
    const line = lines.get(period) ?? { period, pictures: 0, costMicroUsd: 0, unpriced: 0 };
    line.pictures += pictures;
    line.costMicroUsd += costMicroUsd;
    line.unpriced += unpriced;
    lines.set(period, line);
  }
  return [...lines.values()];
}

/** Formats "2026-11" as "November 2026", and "2026-11-22" as "Sunday 22 November". */
function nameOf(period: string): string {
  const [year = 0, month = 1, day] = period.split('-').map(Number);
  const date = new Date(year, month - 1, day ?? 1);
  return day === undefined
    ? formatMonth(date)
    : formatDate(date, { weekday: 'long', day: 'numeric', month: 'long' });
}
