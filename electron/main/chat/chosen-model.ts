// The model that the user has chosen for a chat takes the place of the one in the settings.
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { type Result, success } from '../../../shared/domain/errors';
import type { ChatContext } from './chat-context';

/**
 * Returns the context in which a message is answered: with the chosen model, or unchanged if none was chosen. Fails if the
 * service is not there any more or has no such model for pictures.
 */
export function withChosenModel(context: ChatContext, chosen: ChosenModel | undefined): Result<ChatContext> {
  if (!chosen) return success(context);
  const provider = context.providerOf(chosen);
  return provider.ok ? success({ ...context, activeProvider: () => provider.value }) : provider;
}
