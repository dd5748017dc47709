// The models that Afterimage knows.
// Not shown: labels are names of products, the same in every language.
import { t } from '../languages/translate';
import { type AspectRatio, aspectRatios, commonAspectRatios, type Model } from './models';

const plain = {
  makes: 'pictures',
  aspectRatios: commonAspectRatios,
  references: 0,
  negativePrompt: false,
  life: { state: 'available' },
} as const;

const words = { ...plain, makes: 'text', prices: {} } as const;

/** Tokens of a square picture: https://platform.openai.com/docs/guides/image-generation#cost-and-latency */
const gptImageQualities = { low: 272 / 1056, high: 4160 / 1056 };

const nanoBanana = 'gemini-nano-banana-2.1';
/** The aspect ratios of the Gemini 3 models before 2.1, which added narrow ones. */
const geminiProAspectRatios: readonly AspectRatio[] = [...commonAspectRatios, '5:4', '4:5'];
const imagenEnded = { state: 'shut-down', on: '2026-08-17' } as const;

/** https://docs.cloud.google.com/vertex-ai/generative-ai/docs/model-reference/imagen-api#parameter_list */
export const imagenAspectRatios: readonly AspectRatio[] = ['1:1', '3:4', '4:3', '9:16', '16:9'];

/**
 * Prices as listed at https://ai.google.dev/gemini-api/docs/pricing, https://openai.com/api/pricing and
 * https://docs.bfl.ai/quick_start/pricing in October 2026. Those of FLUX.2 are for a picture without references. Life
 * cycles as listed at https://ai.google.dev/gemini-api/docs/deprecations.
 */
const known: readonly Model[] = [
  {
    ...plain,
    id: 'painter-1',
    kind: 'painter',
    // The only label that is not the name of a product.
    get label() {
      return t('connect.offline_sketch');
    },
    prices: { '1K': 0 },
  },
  {
    ...plain,
    id: nanoBanana,
    kind: 'google',
    label: 'Nano Banana 2.1',
    // $30 per million tokens: the three sizes take 1120, 1680 and 2520 tokens.
    prices: { '1K': 33_600, '2K': 50_400, '4K': 75_600 },
    // https://ai.google.dev/gemini-api/docs/image-generation#aspect_ratios
    aspectRatios,
    references: 14,
  },
  {
    ...plain,
    id: 'gemini-3-pro-image',
    kind: 'google',
    label: 'Gemini 3 Pro Image',
    prices: { '1K': 134_000, '2K': 134_000, '4K': 240_000 },
    aspectRatios: geminiProAspectRatios,
    references: 14,
  },
  {
    ...plain,
    id: 'gemini-3.1-flash-lite-image',
    kind: 'google',
    label: 'Gemini 3.1 Flash Lite Image',
    prices: { '1K': 34_000 },
    aspectRatios: geminiProAspectRatios,
    references: 14,
  },
  {
    ...plain,
    id: 'gemini-3.1-flash-image',
    kind: 'google',
    label: 'Gemini 3.1 Flash Image',
    prices: { '1K': 67_000, '2K': 101_000, '4K': 151_000 },
    references: 14,
    life: { state: 'deprecated', on: '2026-10-06', replacement: nanoBanana },
  },
  {
    ...plain,
    id: 'gemini-2.5-flash-image',
    kind: 'google',
    label: 'Gemini 2.5 Flash Image',
    prices: { '1K': 39_000 },
    references: 3,
    life: { state: 'shut-down', on: '2026-10-02', replacement: nanoBanana },
  },
  { ...words, id: 'gemini-3.8-flash', kind: 'google', label: 'Gemini 3.8 Flash' },
  { ...words, id: 'gemini-3.5-flash-lite', kind: 'google', label: 'Gemini 3.5 Flash-Lite' },
  {
    ...plain,
    id: 'imagen-4.0-generate-001',
    kind: 'imagen',
    label: 'Imagen 4',
    prices: { '1K': 40_000 },
    aspectRatios: imagenAspectRatios,
    life: { ...imagenEnded, replacement: nanoBanana },
  },
  {
    ...plain,
    id: 'imagen-4.0-ultra-generate-001',
    kind: 'imagen',
    label: 'Imagen 4 Ultra',
    prices: { '1K': 60_000 },
    aspectRatios: imagenAspectRatios,
    life: { ...imagenEnded, replacement: 'gemini-3-pro-image' },
  },
  {
    ...plain,
    id: 'imagen-4.0-fast-generate-001',
    kind: 'imagen',
    label: 'Imagen 4 Fast',
    prices: { '1K': 20_000 },
    aspectRatios: imagenAspectRatios,
    life: { ...imagenEnded, replacement: nanoBanana },
  },
  {
    ...plain,
    id: 'gpt-image-2',
    kind: 'openai',
    label: 'GPT Image 2',
    // $30 per million tokens; a square of medium quality takes 1756, 3568 and 5930, and any other shape takes fewer: 4:3
    // takes the most of them. What a picture has cost follows from the usage that its answer reports.
    // https://community.openai.com/t/gpt-image-2-output-pricing-calculator-online-and-in-your-code/1382699
    prices: { '1K': 52_700, '2K': 107_100, '4K': 177_900 },
    oblongPrices: { '1K': 39_500, '2K': 80_300, '4K': 133_500 },
    qualityFactors: { low: 196 / 1756, high: 7024 / 1756 },
    references: 16,
  },
  {
    ...plain,
    id: 'gpt-image-1',
    kind: 'openai',
    label: 'GPT Image 1',
    // At medium quality, square and oblong pictures take 1056 and 1584 tokens.
    prices: { '1K': 42_000 },
    oblongPrices: { '1K': 63_000 },
    qualityFactors: gptImageQualities,
    aspectRatios: ['1:1', '3:2', '2:3'],
    references: 10,
    life: { state: 'shut-down', on: '2026-10-23', replacement: 'gpt-image-2' },
  },
  {
    ...plain,
    id: 'flux-3-image',
    kind: 'black-forest-labs',
    label: 'FLUX 3',
    prices: { '1K': 48_000, '2K': 100_000, '4K': 607_000 },
    aspectRatios: [...commonAspectRatios, '5:4', '4:5'],
    references: 10,
  },
  {
    ...plain,
    id: 'flux-2-max',
    kind: 'black-forest-labs',
    label: 'FLUX.2 [max]',
    prices: { '1K': 70_000, '2K': 160_000 },
    references: 8,
  },
  {
    ...plain,
    id: 'flux-2-pro',
    kind: 'black-forest-labs',
    label: 'FLUX.2 [pro]',
    prices: { '1K': 30_000, '2K': 75_000 },
    references: 8,
  },
  {
    ...plain,
    id: 'flux-kontext-max',
    kind: 'black-forest-labs',
    label: 'FLUX.1 Kontext [max]',
    prices: { '1K': 80_000 },
    references: 4,
  },
  {
    ...plain,
    id: 'flux-kontext-pro',
    kind: 'black-forest-labs',
    label: 'FLUX.1 Kontext [pro]',
    prices: { '1K': 40_000 },
    references: 4,
  },
  {
    ...plain,
    id: 'flux-pro-1.1-ultra',
    kind: 'black-forest-labs',
    label: 'FLUX1.1 [pro] Ultra',
    prices: { '1K': 60_000 },
    references: 1,
  },
  {
    ...plain,
    id: 'flux-pro-1.1',
    kind: 'black-forest-labs',
    label: 'FLUX1.1 [pro]',
    prices: { '1K': 40_000 },
    references: 1,
  },
  { ...words, id: 'gpt-5.4-mini', kind: 'openai', label: 'GPT-5.4 mini' },
  {
    ...words,
    id: 'gpt-5-mini',
    kind: 'openai',
    label: 'GPT-5 mini',
    life: { state: 'deprecated', until: '2026-12-11', replacement: 'gpt-5.4-mini' },
  },
  {
    ...plain,
    id: 'ideogram-v3',
    kind: 'ideogram',
    label: 'Ideogram 3.0',
    // https://ideogram.ai/features/api-pricing: $0.03, $0.06 and $0.09 by rendering speed.
    prices: { '1K': 60_000 },
    qualityFactors: { low: 0.5, high: 1.5 },
    aspectRatios: ['1:1', '3:2', '2:3', '4:3', '3:4', '5:4', '4:5', '16:9', '9:16'],
    negativePrompt: true,
  },
  {
    ...plain,
    id: 'current',
    kind: 'automatic1111',
    label: 'Stable Diffusion',
    prices: { '1K': 0 },
    references: 1,
    negativePrompt: true,
  },
];

/** Vertex serves Gemini's models under the same names and at the same prices. */
export const models: readonly Model[] = [
  ...known,
  ...known.filter(({ kind }) => kind === 'google').map((model) => ({ ...model, kind: 'vertex' as const })),
];
