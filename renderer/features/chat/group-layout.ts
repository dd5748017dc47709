// The layout of one request's pictures: the number of columns, and the values with which the style sheet fits the
// group into the window.
import type { Message, PictureMessage } from '../../../shared/domain/conversations';
import { frameRatio } from './frame-ratio';

export type GroupGrid = {
  /** 2 to 4. */
  columns: number;
  count: number;
  /** Of the widest picture: width divided by height. */
  ratio: number;
  /** Whether all of them may also stand side by side. */
  fitsRow: boolean;
  /** Whether what distinguishes each picture is said under it. */
  isNamed: boolean;
};

/**
 * Several models are side by side, with a row for each prompt; so are the words of a pattern's last choice.
 *
 * @param messages the pictures of one request, as they were asked for.
 * @param isAsAsked whether they stand in the shape that was asked for: see `areToCome`.
 */
export function gridOf(messages: readonly (Message | undefined)[], isAsAsked: boolean): GroupGrid {
  const pictures = messages.flatMap((message) => (message?.kind === 'image' ? message : []));
  const { length: count } = pictures;
  const ratio = Math.max(...pictures.map((picture) => frameRatio(picture, isAsAsked)));
  const meant = chosenColumns(pictures.filter(({ isPart }) => isPart !== true));
  return {
    columns: meant ?? (count <= 4 ? 2 : count <= 9 ? 3 : 4),
    ...{ count, ratio },
    fitsRow: meant === null && count <= 4 && ratio < 1,
    isNamed: pictures.some(({ tile }) => tile !== undefined),
  };
}

/** Returns whether pictures of a request are still to come, so that all of them stand in the shape that was asked for. */
export function areAllPending(messages: readonly (Message | undefined)[]): boolean {
  return messages.some((message) => message?.kind === 'image' && message.image === null);
}

/** Returns null where the pictures differ in nothing that columns could say. */
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
