// The services that a user can add by name: where each is, where its key comes from, and what it costs in words.
import { type ServiceKind, serviceKinds } from './service-kinds';

export type KnownService = {
  kind: ServiceKind;
  name: string;
  /** Further names under which users look for it. */
  also: string;
  /** Shown in place of a logo. */
  letter: string;
  /** Null for the address of its kind. */
  address: string | null;
  /** Where a user gets a key; null if it needs none. */
  keyUrl: string | null;
  costs: string;
  /** Whether it replies to text. */
  talks: boolean;
  /** Runs on this computer or in its network. */
  local: boolean;
  /** Not for newcomers; listed last. */
  isMore: boolean;
  /** Whether somebody has made a picture with the real service. */
  isTried: boolean;
};

const free = 'Free: it runs on your own computer.';

type Entry = Pick<KnownService, 'kind' | 'letter' | 'costs'> & Partial<KnownService>;

function known(entry: Entry): KnownService {
  const { label, local, defaultTextModel } = serviceKinds[entry.kind];
  return {
    name: label,
    also: '',
    address: null,
    keyUrl: null,
    talks: defaultTextModel !== null,
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
    costs: 'About $0.03 to $0.24 for a picture.',
  }),
  known({
    kind: 'vertex',
    also: 'google cloud enterprise',
    letter: 'V',
    keyUrl: 'https://console.cloud.google.com/vertex-ai/studio/settings/api-keys',
    costs: 'As Gemini, billed to your Google Cloud project.',
  }),
  known({
    kind: 'openai',
    also: 'gpt image chatgpt',
    letter: 'O',
    keyUrl: 'https://platform.openai.com/api-keys',
    costs: 'By tokens: about $0.03 to $0.05 for a picture of medium quality.',
  }),
  known({
    kind: 'openrouter',
    also: 'open router',
    letter: 'R',
    keyUrl: 'https://openrouter.ai/settings/keys',
    costs: 'What each model costs at its maker. One account for many models.',
  }),
  known({
    kind: 'xai',
    also: 'grok',
    letter: 'X',
    keyUrl: 'https://console.x.ai',
    costs: 'A fixed price for each picture; see its price list.',
  }),
  known({
    kind: 'black-forest-labs',
    also: 'bfl flux kontext',
    letter: 'B',
    keyUrl: 'https://dashboard.bfl.ai/keys',
    costs: 'A fixed price for each picture; see its price list.',
  }),
  known({
    kind: 'fal',
    also: 'fal.ai flux',
    letter: 'F',
    keyUrl: 'https://fal.ai/dashboard/keys',
    costs: 'By model, for each picture or megapixel.',
  }),
  known({
    kind: 'replicate',
    also: 'flux',
    letter: 'R',
    keyUrl: 'https://replicate.com/account/api-tokens',
    costs: 'By model, for each picture or second.',
  }),
  known({
    kind: 'together',
    also: 'flux',
    letter: 'T',
    keyUrl: 'https://api.together.ai/settings/api-keys',
    costs: 'By model, for each megapixel.',
  }),
  known({
    kind: 'fireworks',
    also: 'flux',
    letter: 'F',
    keyUrl: 'https://app.fireworks.ai/settings/users/api-keys',
    costs: 'By model, for each step.',
  }),
  known({
    kind: 'deepinfra',
    also: 'deep infra flux',
    letter: 'D',
    keyUrl: 'https://deepinfra.com/dash/api_keys',
    costs: 'By model, for each picture.',
  }),
  known({
    kind: 'siliconflow',
    also: 'silicon flow qwen kolors',
    letter: 'S',
    keyUrl: 'https://cloud.siliconflow.com/account/ak',
    costs: 'By model, for each picture.',
  }),
  known({
    kind: 'volcengine',
    also: 'volcengine bytedance ark doubao',
    letter: 'S',
    keyUrl: 'https://console.byteplus.com/ark/apiKey',
    costs: 'A fixed price for each picture; see its price list.',
  }),
  known({
    kind: 'alibaba',
    also: 'dashscope qwen wan model studio',
    letter: 'A',
    keyUrl: 'https://modelstudio.console.alibabacloud.com/?tab=playground#/api-key',
    costs: 'A fixed price for each picture; see its price list.',
  }),
  known({
    kind: 'azure',
    also: 'microsoft foundry',
    letter: 'A',
    keyUrl: 'https://ai.azure.com',
    costs: 'As OpenAI, billed to your Azure subscription.',
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
    name: 'Another OpenAI-compatible service',
    also: 'litellm xinference vllm proxy custom',
    letter: '+',
    costs: 'What its owner asks. Free at an address in your own network.',
  }),
  known({
    kind: 'imagen',
    also: 'google vertex',
    letter: 'I',
    keyUrl: 'https://console.cloud.google.com/vertex-ai/studio/settings/api-keys',
    costs: '$0.02 to $0.06 for a picture. Google has shut it down; some endpoints still serve it.',
    isMore: true,
  }),
];

/** Returns the services whose names contain every word of a search, in any order. */
export function searchKnownServices(services: readonly KnownService[], text: string): KnownService[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return services.filter(({ name, also, kind }) => {
    const names = `${name} ${also} ${kind}`.toLowerCase();
    return words.every((word) => names.includes(word));
  });
}

/** Returns the entry that a service was added from, as far as its kind and its address tell. */
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
