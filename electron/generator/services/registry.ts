// Maps each kind of service to its implementation. Adding a kind takes a folder and a line here.
import { aboutQuery, type ErrorCode, type Failure, failure } from '../../../shared/domain/errors';
import { needsReference } from '../../../shared/domain/part-support';
import type { ServiceKind } from '../../../shared/domain/service-kinds';
import { explainHeldKey } from './explain-held-key';
import { failed } from './failures';
import { nameOfferedModel } from './name-offered-model';
import { painter } from './painter/painter';
import type { Service, ServiceContext } from './service';

/** The code of a kind is loaded when a service of it is first used. */
const services: Readonly<Record<ServiceKind, Service>> = {
  painter,
  google: lazy(async () => (await import('./google/google')).google),
  vertex: lazy(async () => (await import('./google/google')).geminiOnVertex),
  imagen: lazy(async () => (await import('./imagen/imagen')).imagen),
  openai: lazy(async () => (await import('./openai/openai')).openaiFor('openai')),
  'openai-compatible': lazy(async () => (await import('./openai/openai')).openaiFor('openai-compatible')),
  openrouter: lazy(async () => (await import('./openrouter/openrouter')).openrouter),
  xai: lazy(async () => (await import('./xai/xai')).xai),
  'black-forest-labs': lazy(
    async () => (await import('./black-forest-labs/black-forest-labs')).blackForestLabs,
  ),
  ideogram: lazy(async () => (await import('./ideogram/ideogram')).ideogram),
  fal: lazy(async () => (await import('./fal/fal')).fal),
  replicate: lazy(async () => (await import('./replicate/replicate')).replicate),
  together: lazy(async () => (await import('./together/together')).together),
  fireworks: lazy(async () => (await import('./fireworks/fireworks')).fireworks),
  deepinfra: lazy(async () => (await import('./openai/openai')).openaiFor('deepinfra')),
  siliconflow: lazy(async () => (await import('./siliconflow/siliconflow')).siliconflow),
  volcengine: lazy(async () => (await import('./volcengine/volcengine')).volcengine),
  alibaba: lazy(async () => (await import('./alibaba/alibaba')).alibaba),
  azure: lazy(async () => (await import('./openai/openai')).openaiFor('azure')),
  comfyui: lazy(async () => (await import('./comfyui/comfyui')).comfyui),
  automatic1111: lazy(async () => (await import('./automatic1111/automatic1111')).automatic1111),
  'sd-server': lazy(async () => (await import('./sd-server/sd-server')).sdServer),
  ollama: lazy(async () => (await import('./openai/openai')).openaiFor('ollama')),
};

/** Returns the implementation of a kind of service. */
export function wireOf(kind: ServiceKind): Service {
  return services[kind];
}

/**
 * Wraps a service so that it loads on first use. Has every method, so that none is missed; one that the service
 * lacks fails with a reason.
 */
function lazy(load: () => Promise<Service>): Required<Service> {
  async function query<Value extends { ok: true }>(
    context: ServiceContext,
    ask: (service: Service) => Promise<Value | Failure> | undefined,
    absent: ErrorCode,
  ): Promise<Value | Failure> {
    const answer = (await ask(await load())) ?? failure(absent);
    return answer.ok ? answer : aboutQuery(explainHeldKey(answer, context.service));
  }

  return {
    async makePicture(job, context) {
      // Checked here, because a model may request a picture without a reference, and the model's limits may have
      // changed since the message was sent.
      const hasReference = (job.references?.length ?? 0) > 0;
      if (!hasReference && needsReference(job.provider, job.model)) return failed('reference_needed', null);
      const service = await load();
      const made = await service.makePicture(job, context);
      return made.ok
        ? made
        : explainHeldKey(await nameOfferedModel(made, service, job, context), context.service);
    },
    reply: async (job, context) => explainHeldKey(await (await load()).reply(job, context), context.service),
    listModels: (context) => query(context, (service) => service.listModels?.(context), 'nothing_to_list'),
    listFiles: (context, classes) =>
      query(context, (service) => service.listFiles?.(context, classes), 'nothing_to_list'),
    check: (context) => query(context, (service) => service.check?.(context), 'nothing_to_check'),
  };
}
