// Diagnostics: versions, counts and timings.
import { useEffect } from 'react';
import type { Diagnostics } from '../../../shared/contract/diagnostics';
import type { LongTask } from '../../../shared/domain/long-tasks';
import type { Timing } from '../../../shared/domain/timings';
import { FactList } from '../../ui/FactList';
import { formatNumber } from '../../ui/format';
import { Page } from '../../ui/Page';
import styles from './DiagnosticsView.module.css';
import { useDiagnostics } from './diagnostics-store';
import { FoldersSection } from './FoldersSection';

/** Refresh interval while the view is open (ms). */
const refreshEvery = 2000;

const generatorStates: Readonly<Record<Diagnostics['generator']['state'], string>> = {
  idle: 'Starts when it is needed',
  starting: 'Starting',
  ready: 'Ready',
  stopped: 'Stopped, restarting',
};

export function DiagnosticsView() {
  const { figures, screen, read } = useDiagnostics();
  useEffect(() => {
    void read();
    const timer = setInterval(() => void read(), refreshEvery);
    return () => clearInterval(timer);
  }, [read]);
  return (
    <Page title="Diagnostics">
      {figures && (
        <>
          <Figures title="Stored on this computer" rows={keptRows(figures)} />
          <Timings title="In the window" timings={screen} />
          <Timings title="In the main process" timings={figures.timings} />
          <LongTasks tasks={figures.longTasks} />
          <Figures title="Versions and processes" rows={runningRows(figures)} />
          <FoldersSection />
        </>
      )}
    </Page>
  );
}

function keptRows({ counts, dataFolder, reconciled }: Diagnostics): [string, string][] {
  return [
    ['Data folder', dataFolder],
    ['Conversations', formatNumber(counts.conversations)],
    ['Messages', formatNumber(counts.messages)],
    ['Pictures', formatNumber(counts.pictures)],
    ['Attempts', formatNumber(counts.attempts)],
    ['Waiting in the outbox', formatNumber(counts.outbox)],
    ['Pictures without a file', reconciled ? formatNumber(reconciled.missing) : 'Not checked yet'],
    ['Files in the recovery folder', reconciled ? formatNumber(reconciled.recoveryFiles) : 'Not checked yet'],
  ];
}

function runningRows({ versions, generator }: Diagnostics): [string, string][] {
  return [
    ['Afterimage', versions.app],
    ['Electron', versions.electron],
    ['Chromium', versions.chromium],
    ['Node.js', versions.node],
    ['SQLite', versions.sqlite],
    [
      'Generator',
      `${generatorStates[generator.state]} (started ${generator.starts} ${times(generator.starts)})`,
    ],
  ];
}

function times(count: number): string {
  return count === 1 ? 'time' : 'times';
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
        <p className={styles['none']}>No measurements in this run yet.</p>
      ) : (
        <table className={styles['timings']}>
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col">Count</th>
              <th scope="col">Median</th>
              <th scope="col">95th percentile</th>
              <th scope="col">Last</th>
            </tr>
          </thead>
          <tbody>
            {timings.map(({ name, count, p50, p95, last }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{count}</td>
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
      <h2>Tasks of more than 8 ms</h2>
      {tasks.length === 0 ? (
        <p className={styles['none']}>None in this run yet.</p>
      ) : (
        <table className={styles['timings']}>
          <thead>
            <tr>
              <th scope="col">Task</th>
              <th scope="col">Count</th>
              <th scope="col">Longest</th>
              <th scope="col">Last</th>
            </tr>
          </thead>
          <tbody>
            {tasks.map(({ name, count, worst, last }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{count}</td>
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
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
}
