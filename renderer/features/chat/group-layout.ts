// The layout of one request's pictures: the number of columns, and the values with which the style sheet fits the
// group into the window.
import type { Message, PictureMessage } from '../../../shared/domain/conversations';
import { frameRatio } from './frame-ratio';

export type GroupGrid = {
  /** 2 to 4. */
  columns: number;
  count: number;
  /** The ratio of the widest picture: width divided by height. */
  ratio: number;
  /** Whether all of them may also be in a single row. */
  fitsRow: boolean;
  /** Whether each picture has a caption that distinguishes it. */
  isNamed: boolean;
};

/**
 * Several models have a column each, and prompts have rows. So do the words of a pattern's last choice.
 *
 * @param messages the pictures of one request, in the order of the request.
 * @param keepsRequestedRatio whether they have the requested shape: see `isAnyPending`.
 */
export function gridOf(messages: readonly (Message | undefined)[], keepsRequestedRatio: boolean): GroupGrid {
  const pictures = messages.flatMap((message) => (message?.kind === 'image' ? message : []));
  const { length: count } = pictures;
  const ratio = Math.max(...pictures.map((picture) => frameRatio(picture, keepsRequestedRatio)));
  const meant = chosenColumns(pictures.filter(({ isPart }) => isPart !== true));
  return {
    columns: meant ?? (count <= 4 ? 2 : count <= 9 ? 3 : 4),
    ...{ count, ratio },
    fitsRow: meant === null && count <= 4 && ratio < 1,
    isNamed: pictures.some(({ tile }) => tile !== undefined),
  };
}

/** Returns whether any picture of a request is still to come. All of them then have the requested shape. */
export function isAnyPending(messages: readonly (Message | undefined)[]): boolean {
  return messages.some((message) => message?.kind === 'image' && message.image === null);
}

/** Returns null if the pictures differ in nothing that columns could show. */
function chosenColumns(asked: readonly PictureMessage[]): number | null {
  const models = new Set(
    asked.flatMap(({ tile, provider, model }) => (tile?.ofSeveral ? `${provider} ${model}` : [])),
  ).size;
  if (models > 1) return Math.min(4, models);
  const words = asked.map(({ tile }) => tile?.words ?? []);
  const last = new Set(words.map((each) => each.at(-1))).size;
  const isGrid = words.every((each) => each.length > 1) && last >= 2 && last <= 4;
  return isGrid && asked.length % last === 0 ? last : null;
}
