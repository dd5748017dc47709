// The engine's jobs with the generator's wire profile, but without its storage, for tests.
import { createHostedService } from '../../electron/generator/services/hosted/hosted-service';
import { ownEngineProfile } from '../../electron/generator/services/sd-server/sd-server';
import { newId } from '../../electron/main/db/new-id';
import { createEngineJobs } from '../../electron/main/engine/server/engine-jobs';
import type { Target } from '../../electron/main/engine/server/runnable';
import { explanationOf, failure, success } from '../../shared/domain/errors';
import { type PictureJob, unconfigured } from '../../shared/generator/jobs';
import { failedJob, type Outcome } from '../../shared/generator/messages';
import type { TestEngine } from './test-engine';

const sdServer = createHostedService(ownEngineProfile, {
  ...{ timeoutMs: 60_000, retryDelayMs: () => 1, pollMs: 5 },
});

/** @param target of the only installed model. */
export function createTestEngineJobs(engine: TestEngine, target: Target) {
  const stops = new Map<string, AbortController>();
  const addresses: (string | null)[] = [];
  const used: string[] = [];
  const repeated: string[] = [];
  const jobs = createEngineJobs({
    supervisor: engine.supervisor,
    isEngine: () => true,
    targetOf: (model) => (model === target.model.id ? success(target) : failure('engine_missing')),
    generator: {
      configure: () => void addresses.push(engine.supervisor.address()),
      async run(job) {
        if (job.kind !== 'picture' || job.provider !== 'engine') return failedJob(job.jobId, 'no_reply', 0);
        const stop = new AbortController();
        stops.set(job.jobId, stop);
        return askServer(job, addresses.at(-1) ?? null, stop.signal);
      },
      stop: (jobId) => stops.get(jobId)?.abort(),
    },
    onRepeat: (jobId) => void repeated.push(jobId),
    onUse: ({ model }) => void used.push(model.id),
  });
  return { jobs, addresses, used, repeated };
}

async function askServer(job: PictureJob, address: string | null, signal: AbortSignal): Promise<Outcome> {
  const service = unconfigured({ id: 'engine', kind: 'sd-server', name: 'This computer' });
  const made = await sdServer.makePicture(job, {
    ...{ service: { ...service, baseUrl: address }, signal, onProgress: () => {} },
    ...{ readReference: async () => null, prepareEdit: async () => null, paint: async () => null },
    changeHere: () => Promise.reject(new Error('Nothing is changed here.')),
  });
  if (!made.ok) return { ...failedJob(job.jobId, made.code, 0, made.costMicroUsd), ...explanationOf(made) };
  return {
    ...{ type: 'stored', jobId: job.jobId, requestId: job.requestId, provider: 'engine', model: job.model },
    ...{ file: 'images/x.png', width: 1, height: 1, bytes: made.bytes.length, thumbhash: '' },
    ...{ costMicroUsd: made.costMicroUsd, durationMs: 1, storeMs: 1 },
  };
}

export function enginePicture(changes: Partial<PictureJob> = {}): PictureJob {
  return {
    ...{ kind: 'picture', jobId: newId(), requestId: newId(), provider: 'engine', model: 'model' },
    ...{ prompt: 'a fox', params: { aspectRatio: '1:1', seed: 7 } },
    ...changes,
  };
}
