// Diagnostics: versions, counts and timings.
import { useEffect } from 'react';
import type { Diagnostics } from '../../../shared/contract/diagnostics';
import type { LongTask } from '../../../shared/domain/long-tasks';
import type { Timing } from '../../../shared/domain/timings';
import { t } from '../../../shared/languages/translate';
import { FactList } from '../../ui/FactList';
import { formatNumber } from '../../ui/format';
import { Page } from '../../ui/Page';
import styles from './DiagnosticsView.module.css';
import { useDiagnostics } from './diagnostics-store';
import { FoldersSection } from './FoldersSection';
import { nameOfStep, nameOfTask } from './step-names';

/** Refresh interval while the view is open (ms). */
const refreshEvery = 2000;

export function DiagnosticsView() {
  const { figures, screen, read } = useDiagnostics();
  useEffect(() => {
    void read();
    const timer = setInterval(() => void read(), refreshEvery);
    return () => clearInterval(timer);
  }, [read]);
  return (
    <Page title={t('diagnostics.title')}>
      {figures && (
        <>
          <Figures title={t('diagnostics.stored')} rows={keptRows(figures)} />
          <Timings title={t('diagnostics.in_window')} timings={screen} />
          <Timings title={t('diagnostics.in_main')} timings={figures.timings} />
          <LongTasks tasks={figures.longTasks} />
          <Figures title={t('diagnostics.versions_and_processes')} rows={runningRows(figures)} />
          <FoldersSection />
        </>
      )}
    </Page>
  );
}

function keptRows({ counts, dataFolder, reconciled }: Diagnostics): [string, string][] {
  return [
    [t('diagnostics.data_folder'), dataFolder],
    [t('diagnostics.conversations'), formatNumber(counts.conversations)],
    [t('diagnostics.messages'), formatNumber(counts.messages)],
    [t('diagnostics.pictures'), formatNumber(counts.pictures)],
    [t('diagnostics.attempts'), formatNumber(counts.attempts)],
    [t('diagnostics.outbox'), formatNumber(counts.outbox)],
    [t('diagnostics.missing_files'), checked(reconciled?.missing)],
    [t('diagnostics.recovery_files'), checked(reconciled?.recoveryFiles)],
  ];
}

function checked(count: number | undefined): string {
  return count === undefined ? t('diagnostics.not_checked') : formatNumber(count);
}

/** The names of programs are the same in every language. */
function runningRows({ versions, generator }: Diagnostics): [string, string][] {
  return [
    ['Afterimage', versions.app],
    ['Electron', versions.electron],
    ['Chromium', versions.chromium],
    ['Node.js', versions.node],
    ['SQLite', versions.sqlite],
    [t('diagnostics.generator'), t('diagnostics.generator_state', generator)],
  ];
}

function Figures({ title, rows }: { title: string; rows: [string, string][] }) {
  return (
    <section className={styles['section']}>
      <h2>{title}</h2>
      <FactList rows={rows} />
    </section>
  );
}

function Timings({ title, timings }: { title: string; timings: Timing[] }) {
  return (
    <section className={styles['section']}>
      <h2>{title}</h2>
      {timings.length === 0 ? (
        <p className={styles['none']}>{t('diagnostics.no_measurements')}</p>
      ) : (
        <table className={styles['timings']}>
          <thead>
            <tr>
              <th scope="col">{t('diagnostics.step')}</th>
              <th scope="col">{t('diagnostics.count')}</th>
              <th scope="col">{t('diagnostics.median')}</th>
              <th scope="col">{t('diagnostics.percentile')}</th>
              <th scope="col">{t('diagnostics.last')}</th>
            </tr>
          </thead>
          <tbody>
            {timings.map(({ name, count, p50, p95, last }) => (
              <tr key={name}>
                <th scope="row">{nameOfStep(name)}</th>
                <td>{formatNumber(count)}</td>
                <td>{milliseconds(p50)}</td>
                <td>{milliseconds(p95)}</td>
                <td>{milliseconds(last)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function LongTasks({ tasks }: { tasks: LongTask[] }) {
  return (
    <section className={styles['section']}>
      <h2>{t('diagnostics.long_tasks')}</h2>
      {tasks.length === 0 ? (
        <p className={styles['none']}>{t('diagnostics.no_long_tasks')}</p>
      ) : (
        <table className={styles['timings']}>
          <thead>
            <tr>
              <th scope="col">{t('diagnostics.task')}</th>
              <th scope="col">{t('diagnostics.count')}</th>
              <th scope="col">{t('diagnostics.longest')}</th>
              <th scope="col">{t('diagnostics.last')}</th>
            </tr>
          </thead>
          <tbody>
            {tasks.map(({ name, count, worst, last }) => (
              <tr key={name}>
                <th scope="row">{nameOfTask(name)}</th>
                <td>{formatNumber(count)}</td>
                <td>{milliseconds(worst)}</td>
                <td>{milliseconds(last)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function milliseconds(value: number): string {
  return t(value < 10 ? 'diagnostics.few_milliseconds' : 'diagnostics.milliseconds', { milliseconds: value });
}
