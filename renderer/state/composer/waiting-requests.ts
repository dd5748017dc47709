// The requests that wait for a service while the sheet "Connect a model" is open.
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import type { Message, PictureMessage } from '../../../shared/domain/conversations';
import { failureActionLabel } from '../../../shared/domain/failure-actions';
import { t } from '../../../shared/languages/translate';
import { useChat } from '../chat/chat-store';
import { ownModelField } from '../chat/messages';
import type { Waiting } from '../connect-store';
import { repeatPrice } from './repeat-price';
import { makeAnother, optionsOfPicture, questionBefore } from './request-pictures';

/** Returns the request that tries a failed message again. */
export function waitingRetry(message: Message): Waiting {
  const send = () => void useChat.getState().retry(message.id);
  if (message.kind === 'image') return { ...pictureOf(message, ownModelField(message)), send };
  const question = questionBefore(message.id)?.text ?? '';
  return { label: question === '' ? failureActionLabel('retry') : labelOf(question), send };
}

/** Returns the request for another picture like this one. @param model absent: the model of the chat. */
export function waitingPicture(message: PictureMessage, model?: ChosenModel): Waiting {
  return { ...pictureOf(message, model && { model }), send: () => void makeAnother(message, model) };
}

function pictureOf(
  { id, prompt, params }: PictureMessage,
  ownModel: ReturnType<typeof ownModelField> = undefined,
): Omit<Waiting, 'send'> {
  const { aspectRatio } = params;
  const recipe = { id, prompt, aspectRatio, options: optionsOfPicture(params), ...ownModel };
  return { label: labelOf(prompt), price: () => repeatPrice(recipe, 1) };
}

/** Maximum number of characters of a prompt on a button. */
const maxShownLength = 28;

function labelOf(prompt: string): string {
  const words = [...prompt.replace(/\s+/g, ' ').trim()];
  const text =
    words.length > maxShownLength
      ? `${words
          .slice(0, maxShownLength - 1)
          .join('')
          .trim()}…`
      : words.join('');
  return t('connect.send', { text });
}
