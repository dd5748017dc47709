// afterimage://conversation/<id> and afterimage://picture/<id>: what a link from outside may ask for, and no more.
import { z } from 'zod';
import type { DesktopPlace } from '../../../shared/contract/desktop';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { appScheme } from '../../../shared/domain/pictures';
import type { ReadStore } from '../db/open';

export type DeepLink = { kind: 'conversation' | 'picture'; id: string };

const pattern = new RegExp(`^${appScheme}://(conversation|picture)/([0-9a-f-]{36})/?$`, 'i');

/**
 * The hosts of the app's own pages and pictures (`app`, `image`) are no places to go to: they never get this far.
 *
 * @returns null for anything but a link that is written exactly so.
 */
export function readDeepLink(text: string): DeepLink | null {
  const [, kind, id] = pattern.exec(text) ?? [];
  const parsed = z.uuid().safeParse(id?.toLowerCase());
  if (!parsed.success) return null;
  return { kind: kind?.toLowerCase() === 'picture' ? 'picture' : 'conversation', id: parsed.data };
}

/** The opposite of `readDeepLink`. */
export function writeDeepLink({ kind, id }: DeepLink): string {
  return `${appScheme}://${kind}/${id}`;
}

/** @returns where in the app that is; a failure for what is not there, or not any more. */
export function findPlace(store: ReadStore, { kind, id }: DeepLink): Result<DesktopPlace> {
  if (kind === 'conversation') {
    if (!store.conversations.find(id)) return failure('not_found');
    return success({ kind: 'conversation', conversationId: id, messageId: null });
  }
  const message = store.messages.find(id);
  if (message?.kind === 'image' && store.conversations.find(message.conversationId)) {
    return success({ kind: 'conversation', conversationId: message.conversationId, messageId: id });
  }
  const image = store.userImages.find(id);
  if (!image || image.state === 'trash') return failure('not_found');
  return success({ kind: 'gallery', imageId: id });
}
