// Answers the request for diagnostics: versions, counts and timings.
import type { Diagnostics, diagnosticsRequests } from '../../../shared/contract/diagnostics';
import { success } from '../../../shared/domain/errors';
import type { HandlersOf } from '../ipc/handlers';
import { readVersions } from './app-versions';
import type { Metrics } from './metrics';

export type DiagnosticsOptions = {
  dataFolder: string;
  sqliteVersion: string;
  metrics: Pick<Metrics, 'summary'>;
  readGenerator: () => Diagnostics['generator'];
  readCounts: () => Diagnostics['counts'];
  readReconciled: () => Diagnostics['reconciled'];
};

export function createDiagnosticsHandlers(
  options: DiagnosticsOptions,
): HandlersOf<typeof diagnosticsRequests> {
  return { 'diagnostics:read': () => success(readDiagnostics(options)) };
}

function readDiagnostics(options: DiagnosticsOptions): Diagnostics {
  return {
    versions: readVersions(options.sqliteVersion),
    dataFolder: options.dataFolder,
    generator: options.readGenerator(),
    counts: options.readCounts(),
    reconciled: options.readReconciled(),
    timings: options.metrics.summary(),
  };
}
