// Builds what a model receives: the conversation so far, and the pictures attached to a prompt.
import type { Message } from '../../../shared/domain/conversations';
import { splitThought } from '../../../shared/domain/thoughts';
import type { ChatTurn, PictureReference } from '../../../shared/generator/jobs';
import type { ReadStore } from '../db/open';
import { isAvailable } from './references';

const maxHistoryTurns = 40;
const maxHistoryCharacters = 60_000;
/**
 * Maximum number of messages to search for the last picture. "Make it night" refers to it however long ago it was
 * made.
 */
const maxPictureDistance = 2000;

/**
 * Returns the newest turns before an answer's question that fit the model's context, and the last picture; oldest
 * first.
 */
export function historyOf({ store }: { store: ReadStore }, answer: Message): ChatTurn[] {
  const messages = store.messages.before(answer, maxHistoryTurns);
  const turns: ChatTurn[] = [];
  let characters = 0;
  // The last message is the question itself.
  for (const message of messages.slice(0, -1).toReversed()) {
    const turn = turnOf(message);
    if (!turn) continue;
    characters += turn.text.length + turn.pictures.reduce((sum, { prompt }) => sum + prompt.length, 0);
    if (characters > maxHistoryCharacters) break;
    turns.push(turn);
  }
  if (turns.every(({ pictures }) => pictures.length === 0)) {
    const id = store.messages.lastPicture(answer, maxPictureDistance);
    const picture = id === undefined ? undefined : store.messages.find(id);
    const turn = picture && turnOf(picture);
    if (turn) turns.push(turn);
  }
  return turns.reverse();
}

function turnOf(message: Message): ChatTurn | null {
  const { role } = message;
  if (message.isDismissed) return null;
  if (message.kind === 'text') {
    // Models expect earlier thoughts to be omitted.
    const text = role === 'assistant' ? splitThought(message.text).text : message.text;
    return text === '' ? null : { role, text, pictures: [] };
  }
  if (message.image === null || message.image.state !== undefined) return null;
  return { role, text: '', pictures: [{ imageId: message.id, prompt: message.prompt }] };
}

/** Returns a picture as a reference for a request; undefined if it is no longer available. */
export function referenceTo(context: { store: ReadStore }, imageId: string): PictureReference | undefined {
  const { store } = context;
  if (!isAvailable(context, imageId)) return undefined;
  const own = store.messages.imageFile(imageId);
  const file = own ?? store.userImages.source(imageId);
  if (file === undefined) return undefined;
  const link = own === undefined ? store.userImages.link(imageId) : undefined;
  const prompt = store.userImages.find(imageId)?.prompt ?? '';
  return { imageId, file, prompt, ...(link && { link }), signature: store.messages.signature(imageId) };
}
