// Makes a picture before the user sends its message, and reports what it cost.
import { providers } from '../../../shared/domain/model-catalogue';
import type { PictureJob } from '../../../shared/generator/jobs';
import type { EndedPrefetch, FromGenerator } from '../../../shared/generator/messages';
import { services } from '../services/registry';
import type { MadePicture, ServiceFailure } from '../services/service';
import { type Configuration, readReferences } from './answer-job';

/** Sends `prefetch-ended` for a billed provider only: a free prefetch counts toward nothing. */
export async function runPrefetch(
  job: PictureJob,
  { dataFolder, providers: configuration }: Configuration,
  { signal, send }: { signal: AbortSignal; send: (message: FromGenerator) => void },
): Promise<MadePicture | ServiceFailure> {
  const picture = await services[job.provider].makePicture(job, {
    configuration,
    signal,
    readReference: readReferences(dataFolder),
    onProgress: () => {},
  });
  if (!providers[job.provider].local) {
    send({ type: 'prefetch-ended', prefetchId: job.jobId, ...endOf(picture) });
  }
  return picture;
}

function endOf(
  picture: MadePicture | ServiceFailure,
): Pick<EndedPrefetch, 'code' | 'costMicroUsd' | 'retryAfterMs'> {
  const { costMicroUsd } = picture;
  if (picture.ok) return { code: null, costMicroUsd };
  const { code, retryAfterMs } = picture;
  return { code, costMicroUsd, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
