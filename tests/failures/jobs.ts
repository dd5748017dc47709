// The jobs that the failure cases run.
import type { ServiceId } from '../../shared/domain/services';
import type { PictureJob, TextJob } from '../../shared/generator/jobs';

const jobId = '01930000-0000-7000-8000-000000000000';

export function pictureJobOf(provider: ServiceId, model: string): PictureJob {
  return {
    kind: 'picture',
    jobId,
    requestId: '01930000-0000-7000-8000-00000000ff01',
    provider,
    model,
    prompt: 'a lighthouse at dusk',
    params: { aspectRatio: '3:2', seed: 7 },
  };
}

export function textJobOf(provider: ServiceId, model: string): TextJob {
  return {
    kind: 'text',
    jobId,
    requestId: '01930000-0000-7000-8000-00000000ff01',
    provider,
    model,
    text: 'make it night',
    history: [],
  };
}
