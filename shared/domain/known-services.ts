// The services that a user can add by name: their addresses, the pages for their keys, and their costs in words.
// Not shown: names of services are the same in every language, except for the one that `nameOfKnown` translates.
import type { MessageId } from '../languages/en';
import { t } from '../languages/translate';
import { foldText } from './fold-text';
import { type ServiceKind, serviceKinds } from './service-kinds';

export type KnownService = {
  kind: ServiceKind;
  /** Its official name, which `nameOfKnown` shows. */
  name: string;
  /** Other names by which users look for it. */
  also: string;
  /** Shown in place of a logo. */
  letter: string;
  /** Null for the default address of its kind. */
  address: string | null;
  /** The page where a user gets a key; null if it needs none. */
  keyUrl: string | null;
  costs: MessageId;
  /** Runs on this computer or in its network. */
  local: boolean;
  /** Not for newcomers: listed when the user looks for it. */
  isMore: boolean;
  /** Whether a picture was ever made with the real service, as a test. */
  isTried: boolean;
};

const free: MessageId = 'connect.costs_nothing';

/** The name of the entry for a service that is not listed. */
const anotherName = 'Another OpenAI-compatible service';

type Entry = Pick<KnownService, 'kind' | 'letter' | 'costs'> & Partial<KnownService>;

function known(entry: Entry): KnownService {
  const { label, local } = serviceKinds[entry.kind];
  return {
    name: label,
    also: '',
    address: null,
    keyUrl: null,
    local,
    isMore: false,
    isTried: false,
    ...entry,
  };
}

/** In the order in which they are offered. */
export const knownServices: readonly KnownService[] = [
  known({
    kind: 'google',
    name: 'Google Gemini',
    also: 'nano banana ai studio',
    letter: 'G',
    keyUrl: 'https://aistudio.google.com/apikey',
    costs: 'connect.costs_of_gemini',
  }),
  known({
    kind: 'vertex',
    also: 'google cloud enterprise',
    letter: 'V',
    keyUrl: 'https://console.cloud.google.com/vertex-ai/studio/settings/api-keys',
    costs: 'connect.costs_of_vertex',
  }),
  known({
    kind: 'openai',
    also: 'gpt image chatgpt',
    letter: 'O',
    keyUrl: 'https://platform.openai.com/api-keys',
    costs: 'connect.costs_of_openai',
  }),
  known({
    kind: 'openrouter',
    also: 'open router',
    letter: 'R',
    keyUrl: 'https://openrouter.ai/settings/keys',
    costs: 'connect.costs_of_openrouter',
  }),
  known({
    kind: 'xai',
    also: 'grok',
    letter: 'X',
    keyUrl: 'https://console.x.ai',
    costs: 'connect.costs_fixed',
  }),
  known({
    kind: 'black-forest-labs',
    also: 'bfl flux kontext',
    letter: 'B',
    keyUrl: 'https://dashboard.bfl.ai/keys',
    costs: 'connect.costs_fixed',
  }),
  known({
    kind: 'ideogram',
    also: 'typography logo poster',
    letter: 'I',
    keyUrl: 'https://ideogram.ai/platform',
    costs: 'connect.costs_of_ideogram',
  }),
  known({
    kind: 'fal',
    also: 'fal.ai flux',
    letter: 'F',
    keyUrl: 'https://fal.ai/dashboard/keys',
    costs: 'connect.costs_by_picture_or_megapixel',
  }),
  known({
    kind: 'replicate',
    also: 'flux',
    letter: 'R',
    keyUrl: 'https://replicate.com/account/api-tokens',
    costs: 'connect.costs_by_picture_or_second',
  }),
  known({
    kind: 'together',
    also: 'flux',
    letter: 'T',
    keyUrl: 'https://api.together.ai/settings/api-keys',
    costs: 'connect.costs_by_megapixel',
  }),
  known({
    kind: 'fireworks',
    also: 'flux',
    letter: 'F',
    keyUrl: 'https://app.fireworks.ai/settings/users/api-keys',
    costs: 'connect.costs_by_step',
  }),
  known({
    kind: 'deepinfra',
    also: 'deep infra flux',
    letter: 'D',
    keyUrl: 'https://deepinfra.com/dash/api_keys',
    costs: 'connect.costs_by_picture',
  }),
  known({
    kind: 'siliconflow',
    also: 'silicon flow qwen kolors',
    letter: 'S',
    keyUrl: 'https://cloud.siliconflow.com/account/ak',
    costs: 'connect.costs_by_picture',
  }),
  known({
    kind: 'volcengine',
    also: 'volcengine bytedance ark doubao',
    letter: 'S',
    keyUrl: 'https://console.byteplus.com/ark/apiKey',
    costs: 'connect.costs_fixed',
  }),
  known({
    kind: 'alibaba',
    also: 'dashscope qwen wan model studio',
    letter: 'A',
    keyUrl: 'https://modelstudio.console.alibabacloud.com/?tab=playground#/api-key',
    costs: 'connect.costs_fixed',
  }),
  known({
    kind: 'azure',
    also: 'microsoft foundry',
    letter: 'A',
    keyUrl: 'https://ai.azure.com',
    costs: 'connect.costs_of_azure',
  }),
  known({ kind: 'comfyui', also: 'comfy workflow', letter: 'C', costs: free }),
  known({
    kind: 'automatic1111',
    also: 'automatic1111 a1111 forge sd.next webui',
    letter: 'S',
    costs: free,
    isTried: true,
  }),
  known({ kind: 'sd-server', also: 'stable-diffusion.cpp', letter: 'S', costs: free, isTried: true }),
  known({ kind: 'ollama', letter: 'O', costs: free }),
  known({
    kind: 'openai-compatible',
    name: 'LM Studio',
    letter: 'L',
    address: 'http://127.0.0.1:1234/v1',
    costs: free,
    local: true,
  }),
  known({
    kind: 'openai-compatible',
    name: 'LocalAI',
    letter: 'L',
    address: 'http://127.0.0.1:8080/v1',
    costs: free,
    local: true,
  }),
  known({
    kind: 'automatic1111',
    name: 'Draw Things',
    letter: 'D',
    address: 'http://127.0.0.1:7859',
    costs: free,
  }),
  known({
    kind: 'openai-compatible',
    name: anotherName,
    also: 'litellm xinference vllm proxy custom',
    letter: '+',
    costs: 'connect.costs_of_another',
  }),
  known({
    kind: 'imagen',
    also: 'google vertex',
    letter: 'I',
    keyUrl: 'https://console.cloud.google.com/vertex-ai/studio/settings/api-keys',
    costs: 'connect.costs_of_imagen',
    isMore: true,
  }),
];

/** Returns the name of an entry in the language of the interface. */
export function nameOfKnown({ name }: Pick<KnownService, 'name'>): string {
  return name === anotherName ? t('connect.another_service') : name;
}

/** Describes the cost of an entry's pictures, and whether the real service was ever tested. */
export function costsOfKnown({ name, costs, isTried, local }: KnownService): string {
  // The entry for unlisted services is not a single service that could be tested.
  return isTried || local || name === anotherName ? t(costs) : t('connect.not_tried', { costs: t(costs) });
}

/** Returns whether a service has no name of its own, because it was added as an unlisted one. */
export function isAnotherService(name: string): boolean {
  return /^another /i.test(name) || name.startsWith(t('connect.another_service'));
}

/**
 * Returns the entry for an unlisted service. @param text the search text. If it is an address, such as a pasted one, the
 * entry gets it.
 */
export function unlistedService(text: string): KnownService | undefined {
  const another = knownServices.find(({ name }) => name === anotherName);
  const address = text.trim();
  const isAddress = /^(?:https?:\/\/\S+|[^\s/]+\.[^\s/]+(?:[/:]\S*)?|localhost(?:[/:]\S*)?)$/i.test(address);
  return another && (isAddress ? { ...another, address } : another);
}

/**
 * Returns the services that contain every word of a search, in any order: first those with a word of the name that begins
 * with it, then those whose names contain it, then other matches, such as another name. Equal matches keep the order of the
 * list, which has the most wanted services first.
 */
export function searchKnownServices(services: readonly KnownService[], text: string): KnownService[] {
  const words = foldText(text).split(/\s+/).filter(Boolean);
  return services
    .flatMap((service) => {
      const rank = rankOf(service, words);
      return rank === null ? [] : [{ service, rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ service }) => service);
}

/** Returns null if the service lacks a word. */
function rankOf(service: KnownService, words: readonly string[]): number | null {
  const { name, also, kind } = service;
  const shown = foldText(nameOfKnown(service));
  const all = `${shown} ${foldText(`${name} ${also} ${kind}`)}`;
  if (!words.every((word) => all.includes(word))) return null;
  const [first = ''] = words;
  if (!words.every((word) => shown.includes(word))) return 3;
  const begins = shown.split(/[^\p{L}\p{N}]+/u).findIndex((word) => word.startsWith(first));
  if (begins < 0) return 2;
  // A single letter matches the one that the list shows beside the name.
  return begins > 0 && first.length === 1 ? 1 : 0;
}

/** Returns the entry that a service was added from, judged by its kind and its address. */
export function knownServiceOf({
  kind,
  address,
}: {
  kind: ServiceKind;
  address: string | null;
}): KnownService | undefined {
  const sameKind = knownServices.filter((entry) => entry.kind === kind);
  return (
    sameKind.find((entry) => entry.address !== null && entry.address === address) ??
    sameKind.find((entry) => entry.address === null)
  );
}
