// Tells the other windows what one window's request has changed, unless the request broadcasts an event itself.
import type { WebContents } from 'electron';
import type { EventName, Events, ReplyOf, RequestInput, RequestName } from '../../../shared/contract';
import type { Broadcaster } from './broadcast';

type Send = <Name extends EventName>(name: Name, event: Events[Name]) => void;

/** Called after a request has succeeded. */
type Tell<Name extends RequestName> = (send: Send, input: RequestInput<Name>, reply: ReplyOf<Name>) => void;

const collections = (send: Send) => send('collections:changed', {});
const trash = (send: Send) => send('trash:changed', {});
const styles = (send: Send) => send('styles:changed', {});

/** The events sent to other windows after each request. Requests that are not listed broadcast their own events. */
const changes: { [Name in RequestName]?: Tell<Name> } = {
  'chat:send': (send, { isDraft, edits }, { conversation }) => {
    send('conversation:updated', conversation);
    if (isDraft) send('draft:changed', { conversationId: conversation.id, draft: null });
    if (edits !== undefined) send('edit:changed', { messageId: edits, draft: null });
  },
  'conversations:rename': (send, _input, conversation) => send('conversation:updated', conversation),
  'conversations:pin': (send, _input, conversation) => send('conversation:updated', conversation),
  'conversations:delete': (send, _input, { id, revision }) => {
    send('conversation:removed', { id, revision });
    trash(send);
  },
  'conversations:restore': (send, _input, conversation) => {
    send('conversation:updated', conversation);
    trash(send);
  },
  'images:delete': trash,
  'images:delete-many': trash,
  'images:restore': trash,
  'images:restore-many': trash,
  'trash:empty': trash,
  'trash:delete': trash,
  'settings:set'(send, _input, { settings, provider }) {
    send('settings:changed', settings);
    send('provider:changed', provider);
  },
  'drafts:set': (send, draft) => send('draft:changed', draft),
  'drafts:set-edit': (send, edit) => send('edit:changed', edit),
  'collections:create': collections,
  'collections:rename': collections,
  'collections:delete': collections,
  'collections:restore': collections,
  'collections:add': collections,
  'collections:remove': collections,
  'styles:save': styles,
  'styles:move': styles,
  'styles:remove': styles,
  'styles:import': styles,
};

/** The names of the requests that other windows are told about. */
export const changedRequests: readonly string[] = Object.keys(changes);

/** Tells the other windows about a successful request. Its own window receives the reply. */
export function createTellOthers({ sendToOthers }: Pick<Broadcaster, 'sendToOthers'>) {
  return <Name extends RequestName>(
    sender: WebContents,
    name: Name,
    input: RequestInput<Name>,
    reply: ReplyOf<Name>,
  ): void => {
    changes[name]?.((event, value) => sendToOthers(sender, event, value), input, reply);
  };
}

export type TellOthers = ReturnType<typeof createTellOthers>;
