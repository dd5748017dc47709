// Deep links of the form afterimage://conversation/<id> and afterimage://picture/<id>; no others are opened.
import { z } from 'zod';
import type { DesktopPlace } from '../../../shared/contract/desktop';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { appScheme } from '../../../shared/domain/pictures';
import type { ReadStore } from '../db/open';

export type DeepLink = { kind: 'conversation' | 'picture'; id: string };

const pattern = new RegExp(`^${appScheme}://(conversation|picture)/([0-9a-f-]{36})/?$`, 'i');

/** Returns null unless the text is exactly a deep link. URLs of the app's own pages and pictures are none. */
export function parseDeepLink(text: string): DeepLink | null {
  const [, kind, id] = pattern.exec(text) ?? [];
  const parsed = z.uuid().safeParse(id?.toLowerCase());
  if (!parsed.success) return null;
  return { kind: kind?.toLowerCase() === 'picture' ? 'picture' : 'conversation', id: parsed.data };
}

export function formatDeepLink({ kind, id }: DeepLink): string {
  return `${appScheme}://${kind}/${id}`;
}

/** Returns the place in the app that a link points to, or `not_found` if it does not exist any more. */
export function resolveDeepLink(store: ReadStore, { kind, id }: DeepLink): Result<DesktopPlace> {
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
