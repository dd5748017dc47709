// Builds the fields of a send request: the models, the number of pictures, and whether the text is a pattern.
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import type { OutgoingMessage } from '../chat/chat-state';
import { useSettings } from '../settings/settings-store';
import { chosenModels, severalField } from './chosen-models';
import { chosenProvider } from './chosen-provider';
import { type AskedMessage, type RequestSize, sizeOfRequest } from './request-size';

type Asked = Pick<AskedMessage, 'text' | 'mode' | 'count'>;

/** Returns the number of pictures that a message to these models requests. @param models empty: those of the chat. */
export function sizeOfMessage(asked: Asked, models: readonly ChosenModel[]): RequestSize {
  const { wordLists } = useSettings.getState().settings;
  const canTalk = chosenProvider().textModel !== null;
  return sizeOfRequest({
    ...asked,
    models: models.length > 0 ? models : chosenModels(),
    canTalk,
    lists: wordLists,
  });
}

/** @param models the models to ask. One or none stands for the model of the chat. */
export function askedFields(
  asked: Asked,
  models: readonly ChosenModel[],
): Pick<OutgoingMessage, 'mode' | 'count' | 'models' | 'isPattern'> {
  const [only] = models;
  const several = models.length > 1 ? models : only ? [only] : chosenModels().slice(0, 1);
  const { total, isPattern } = sizeOfMessage(asked, several);
  return { mode: asked.mode, count: total, ...severalField(several), ...(isPattern && { isPattern }) };
}
