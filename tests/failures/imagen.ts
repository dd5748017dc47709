// Failures of Imagen on Vertex that differ from those of the Gemini API. Both share their HTTP code.
import { createImagenService } from '../../electron/generator/services/imagen/imagen';
import { createServiceContext } from '../../electron/generator/services/test-context';
import type { PictureJob } from '../../shared/generator/jobs';
import { type GoogleAnswer, startGoogleServer } from '../servers/google-server';
import { type FailureSection, failuresOf, secretKey } from './failure-case';
import { clock } from './google';

const provider = createImagenService({ timeoutMs: 60_000, retryDelayMs: () => 0, clock });

const job: PictureJob = {
  kind: 'picture',
  jobId: '01930000-0000-7000-8000-000000000000',
  requestId: '01930000-0000-7000-8000-00000000ff01',
  provider: 'imagen',
  model: 'imagen-4.0-generate-001',
  prompt: 'a lighthouse at dusk',
  params: { aspectRatio: '4:3', seed: 7 },
};

type Changes = { answers?: readonly GoogleAnswer[]; apiKey?: string | null; job?: Partial<PictureJob> };

const failure = failuresOf(async (changes: Changes) => {
  const server = await startGoogleServer({ script: changes.answers ?? [] });
  const apiKey = changes.apiKey === undefined ? secretKey : changes.apiKey;
  const imagen = { apiKey, baseUrl: server.baseUrl, project: null, location: null };
  const outcome = await provider.makePicture({ ...job, ...changes.job }, createServiceContext({ imagen }));
  const requests = server.requests.length;
  await server.close();
  return { outcome, requests };
});

const reference = {
  imageId: job.jobId,
  requestId: '01930000-0000-7000-8000-00000000ff01',
  file: 'images/x.png',
  prompt: '',
  signature: null,
};
const filtered = 'The prompt could not be submitted. Support codes: 29310472';

export const imagenFailures: FailureSection = {
  provider: 'imagen',
  title: 'Imagen on Vertex AI',
  cases: [
    failure('Neither key nor project', { code: 'key_missing', requests: 0 }, { apiKey: null }),
    failure(
      'An unsupported aspect ratio',
      { code: 'request_rejected', requests: 0 },
      { job: { params: { aspectRatio: '21:9', seed: 7 } } },
    ),
    failure(
      'A reference picture',
      { code: 'no_references', requests: 0 },
      { job: { references: [reference] } },
    ),
    failure(
      '404, the model was shut down in August 2026',
      { code: 'model_gone' },
      { answers: [{ kind: 'error', status: 404, code: 'NOT_FOUND' }] },
    ),
    failure(
      '403',
      { code: 'not_permitted' },
      { answers: [{ kind: 'error', status: 403, code: 'PERMISSION_DENIED' }] },
    ),
    failure(
      '429 without details',
      { code: 'rate_limited' },
      { answers: [{ kind: 'error', status: 429, code: 'RESOURCE_EXHAUSTED' }] },
    ),
    failure(
      'raiFilteredReason',
      { code: 'picture_filtered' },
      { answers: [{ kind: 'predictions', predictions: [{ raiFilteredReason: filtered }] }] },
    ),
    failure(
      'No predictions',
      { code: 'no_picture' },
      { answers: [{ kind: 'predictions', predictions: [] }] },
    ),
    failure(
      'An answer without predictions',
      { code: 'no_picture' },
      { answers: [{ kind: 'raw', status: 200, contentType: 'application/json', body: '{}' }] },
    ),
    failure(
      'A connection reset during the answer',
      { code: 'connection_lost', charged: true },
      { answers: [{ kind: 'reset', when: 'midway' }] },
    ),
  ],
};
