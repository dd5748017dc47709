// Chooses the service for texts outside the chat, and knows which models write text and which have vision.
import { modelsOfService } from './default-models';
import type { ServiceKind } from './service-kinds';
import type { Service, ServiceId } from './services';
import type { SuggestionKind } from './suggestions';

export type TextService = { serviceId: ServiceId; model: string };

export type TextServiceOptions = {
  /** In the user's order. */
  services: readonly Pick<Service, 'id' | 'kind' | 'enabled' | 'textModel'>[];
  /** The service of the chat, which comes first. */
  preferred: ServiceId;
  /** Returns whether a service needs a key and has none. */
  lacksKey: (service: ServiceId) => boolean;
};

/**
 * Returns the service of the chat if it can do this, otherwise the first connected one that can; null if there is none.
 * A description needs a model with vision: another one would invent a picture, and charge for it.
 */
export function chooseTextService(
  task: SuggestionKind,
  { services, preferred, lacksKey }: TextServiceOptions,
): TextService | null {
  const first = services.filter(({ id }) => id === preferred);
  for (const { id, kind, enabled, textModel } of [...first, ...services]) {
    const { textModel: model } = modelsOfService({ id, kind, textModel, pictureModel: null });
    if (!enabled || model === null || lacksKey(id)) continue;
    if (task === 'improve' || hasVision(kind, model)) return { serviceId: id, model };
  }
  return null;
}

/**
 * Models that take pictures, recognised by their names, because no list of models has this information: Gemini
 * (https://ai.google.dev/gemini-api/docs/image-understanding), GPT-4o and later
 * (https://platform.openai.com/docs/guides/images-vision), Claude, Grok 4 (https://docs.x.ai/docs/guides/image-understanding),
 * and the families of open models with vision (https://ollama.com/search?c=vision).
 */
const visionModels: readonly RegExp[] = [
  /(^|\/)gemini-(?!embedding)/,
  /(^|\/)(gpt-(4o|4\.1|4\.5|4-turbo|[5-9])|chatgpt-4o|o[134](-pro)?$)/,
  /(^|\/)claude-/,
  /(^|\/)grok-([4-9]|2-vision)/,
  /(^|[/_.:-])(vision|vl|multimodal|omni)([/_.:-]|\d|$)/,
  /(^|\/)(llava|bakllava|moondream|minicpm-v|internvl|pixtral|molmo|glm-4(\.\d)?v|idefics|cogvlm)/,
  /(^|\/)(qwen[\d.]*-?vl|llama-?3\.2-(11|90)b|llama-?4|gemma-?3(:|-)?(4|12|27)b|gemma-?3:latest|mistral-small-?3\.[1-9])/,
];

/** Variants of these families without vision. */
const withoutVision = /gpt-5-codex|-audio|-realtime|-tts|-transcribe|-search-preview|o[13]-mini/;

/** Returns whether a text model is known to take pictures. */
export function hasVision(kind: ServiceKind, model: string): boolean {
  const name = model.toLowerCase();
  // Google's own API offers text models of the Gemini and Gemma families, with any prefix.
  if (kind === 'google' || kind === 'vertex')
    return /gemini|gemma-[34]/.test(name) && !/embedding|tts/.test(name);
  return visionModels.some((family) => family.test(name)) && !withoutVision.test(name);
}
