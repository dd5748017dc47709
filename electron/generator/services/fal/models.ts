// The picture models that fal lists, with their prices: https://fal.ai/docs/platform-apis
import { z } from 'zod';
import type { OfferedModel, PictureResolution } from '../../../../shared/domain/models';
import { dollarsSchema } from '../dollars';
import { readPages, type Wire } from '../hosted/profile';
import { entries, optional, optionalText } from '../tolerant';

const pageSchema = z.object({
  models: entries(
    z.object({
      endpoint_id: z.string().min(1),
      metadata: optional(z.object({ display_name: optionalText, status: optionalText })),
    }),
  ),
  next_cursor: optionalText,
  has_more: optional(z.boolean()),
});
const pricesSchema = z.object({
  prices: entries(
    z.object({
      endpoint_id: z.string(),
      unit_price: dollarsSchema,
      unit: optionalText,
      currency: optionalText,
    }),
  ),
});

const categories = ['text-to-image', 'image-to-image'] as const;
/** Maximum number of models in one request for prices. */
const maxPriced = 50;

/** Returns the address of the platform API, because queue and platform have different servers. */
export function falPlatform(configured: string): string {
  return configured === 'https://queue.fal.run' ? 'https://api.fal.ai/v1' : `${configured}/v1`;
}

/** Lists the models. Those that change pictures come last, and are marked. */
export async function listFalModels(wire: Pick<Wire, 'read' | 'readWithRetries'>): Promise<OfferedModel[]> {
  const found = new Map<string, OfferedModel>();
  for (const category of categories)
    for (const { id, label } of await readCategory(category, wire)) {
      // Other models silently ignore reference pictures.
      const use = category === 'text-to-image' ? { references: 0 } : { needsReference: !found.has(id) };
      found.set(id, { id, label, makes: 'pictures', ...use });
    }
  const prices = await readPrices([...found.keys()], wire);
  return [...found.values()].map((model) => ({
    ...model,
    ...(prices.has(model.id) && { prices: prices.get(model.id) }),
  }));
}

async function readCategory(
  category: (typeof categories)[number],
  wire: Pick<Wire, 'read'>,
): Promise<Pick<OfferedModel, 'id' | 'label'>[]> {
  const path = `models?category=${category}&status=active&limit=100`;
  const pages = await readPages(
    wire,
    path,
    (answer) => pageSchema.parse(answer),
    ({ has_more: hasMore, next_cursor: cursor }) =>
      hasMore && cursor ? `${path}&cursor=${encodeURIComponent(cursor)}` : null,
  );
  return pages
    .flatMap(({ models }) => models)
    .filter(({ metadata }) => (metadata?.status ?? 'active') === 'active')
    .map(({ endpoint_id: id, metadata }) => {
      const name = metadata?.display_name ? `${metadata.display_name} (${id})` : id;
      return { id, label: name.slice(0, 80) };
    });
}

type Prices = NonNullable<OfferedModel['prices']>;

/** Returns the known prices. A price that cannot be read is unknown, because the list is useful without it. */
async function readPrices(
  ids: readonly string[],
  wire: Pick<Wire, 'readWithRetries'>,
): Promise<Map<string, Prices>> {
  const groups: (readonly string[])[] = [];
  for (let at = 0; at < ids.length; at += maxPriced) groups.push(ids.slice(at, at + maxPriced));
  const answers = await Promise.allSettled(
    groups.map((group) =>
      wire.readWithRetries(`models/pricing?endpoint_id=${group.map(encodeURIComponent).join(',')}`),
    ),
  );
  const known = answers.flatMap((answer) =>
    answer.status === 'fulfilled' ? (pricesSchema.safeParse(answer.value).data?.prices ?? []) : [],
  );
  return new Map(
    known.flatMap(({ endpoint_id: id, unit_price: price, unit, currency }): [string, Prices][] => {
      if (typeof price !== 'number' || (currency ?? 'USD') !== 'USD') return [];
      if (/^images?$/i.test(unit ?? '')) return [[id, { '1K': price }]];
      return /megapixels?$/i.test(unit ?? '') ? [[id, byMegapixels(price)]] : [];
    }),
  );
}

/** Megapixels per resolution. A square of 1K has one megapixel, and other shapes are requested with as many. */
const megapixels: Readonly<Record<PictureResolution, number>> = { '1K': 1, '2K': 4, '4K': 16 };

function byMegapixels(price: number): Prices {
  return { '1K': price * megapixels['1K'], '2K': price * megapixels['2K'], '4K': price * megapixels['4K'] };
}
