// In how many columns the pictures of one request stand.
import type { Message } from '../../../shared/domain/conversations';

/**
 * Returns 2 to 4. Several models are side by side, with a row for each prompt; so are the words of a pattern's last choice.
 *
 * @param messages the pictures of one request, as they were asked for.
 */
export function columnsOf(messages: readonly (Message | undefined)[]): number {
  const pictures = messages.flatMap((message) => (message?.kind === 'image' ? message : []));
  const asked = pictures.filter(({ isPart }) => isPart !== true);
  const models = new Set(
    asked.flatMap(({ tile, provider, model }) => (tile?.ofSeveral ? `${provider} ${model}` : [])),
  ).size;
  if (models > 1) return Math.min(4, models);
  const words = asked.map(({ tile }) => tile?.words ?? []);
  const last = new Set(words.map((each) => each.at(-1))).size;
  const isGrid = words.every((each) => each.length > 1) && last >= 2 && last <= 4;
  if (isGrid && asked.length % last === 0) return last;
  if (pictures.length <= 4) return 2;
  return pictures.length <= 9 ? 3 : 4;
}
