// The picture models that Model Studio lists, with their prices.
import { z } from 'zod';
import type { OfferedModel } from '../../../../shared/domain/models';
import { dollarsSchema } from '../dollars';
import { readPages, type Wire } from '../hosted/profile';
import { entries, optional, optionalList, optionalText } from '../tolerant';

const priceSchema = z.object({ type: z.string(), price: z.coerce.number(), price_unit: z.string() });
const pageSchema = z.object({
  output: z.object({
    total: optional(z.number()),
    models: entries(
      z.object({
        model: z.string().min(1),
        name: optionalText,
        prices: optionalList(z.object({ prices: entries(priceSchema) })),
      }),
    ),
  }),
});
type Page = z.infer<typeof pageSchema>['output'];

const pageSize = 100;

/** Lists only models that make pictures: https://www.alibabacloud.com/help/en/model-studio/list-models */
export async function listAlibabaModels(wire: Pick<Wire, 'read'>, address: string): Promise<OfferedModel[]> {
  const pathOf = (page: number) => `models?capabilities=IG&page_no=${page}&page_size=${pageSize}`;
  const pages = await readPages(
    wire,
    pathOf(1),
    (answer): Page => pageSchema.parse(answer).output,
    ({ models, total }, read) =>
      models.length === 0 || read * pageSize >= (total ?? 0) ? null : pathOf(read + 1),
  );
  const isInDollars = !isChinese(address);
  return pages
    .flatMap(({ models }) => models)
    .map(({ model: id, name, prices }) => {
      const price = isInDollars ? priceOf(prices ?? []) : null;
      const label = name && name !== id ? `${name} (${id})` : id;
      return {
        id,
        label: label.slice(0, 80),
        makes: 'pictures',
        ...(price !== null && { prices: { '1K': price } }),
      };
    });
}

/** Returns whether the address is in China, where prices are in yuan. */
function isChinese(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === 'dashscope.aliyuncs.com' || /(^|\.)cn-/.test(hostname);
}

/** Returns the highest price of a picture, because the price may depend on its parameters. */
function priceOf(groups: NonNullable<Page['models'][number]['prices']>): number | null {
  const known = groups
    .flatMap(({ prices }) => prices)
    .filter(({ type, price_unit: unit }) => /^image/.test(type) && /^per image$/i.test(unit))
    .flatMap(({ price }) => dollarsSchema.parse(price) ?? []);
  return known.length === 0 ? null : Math.max(...known);
}
