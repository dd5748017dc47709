// Answers the request for diagnostics: versions, counts and timings.
import type { Diagnostics, diagnosticsRequests } from '../../../shared/contract/diagnostics';
import { type Result, success } from '../../../shared/domain/errors';
import type { LongTasks } from '../../../shared/domain/long-tasks';
import type { HandlersOf } from '../ipc/handlers';
import { readVersions } from './app-versions';
import type { Metrics } from './metrics';

export type DiagnosticsOptions = {
  dataFolder: string;
  sqliteVersion: string;
  metrics: Pick<Metrics, 'summary'>;
  longTasks: Pick<LongTasks, 'summary'>;
  readGenerator: () => Diagnostics['generator'];
  readCounts: () => Promise<Result<Diagnostics['counts']>>;
  readReconciled: () => Diagnostics['reconciled'];
};

export function createDiagnosticsHandlers(
  options: DiagnosticsOptions,
): HandlersOf<typeof diagnosticsRequests> {
  return {
    'diagnostics:read': async () => {
      const counts = await options.readCounts();
      return counts.ok ? success(readDiagnostics(options, counts.value)) : counts;
    },
  };
}

function readDiagnostics(options: DiagnosticsOptions, counts: Diagnostics['counts']): Diagnostics {
  return {
    versions: readVersions(options.sqliteVersion),
    dataFolder: options.dataFolder,
    generator: options.readGenerator(),
    counts,
    reconciled: options.readReconciled(),
    timings: options.metrics.summary(),
    longTasks: options.longTasks.summary(),
  };
}
