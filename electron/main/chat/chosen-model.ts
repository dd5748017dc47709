// Applies the model that the user has chosen for a chat, in place of the one in the settings.
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { type Result, success } from '../../../shared/domain/errors';
import type { ChatContext } from './chat-context';

/**
 * Returns the context in which a message is answered: with the chosen model, or unchanged if none was chosen. Fails
 * if the service no longer exists or has no such picture model.
 */
export function withChosenModel(context: ChatContext, chosen: ChosenModel | undefined): Result<ChatContext> {
  if (!chosen) return success(context);
  const provider = context.providerOf(chosen);
  return provider.ok ? success({ ...context, activeProvider: () => provider.value }) : provider;
}

/**
 * Returns the contexts in which the models of a message answer, one for each, the first one first. Fails if any of
 * them is unavailable.
 */
export function withChosenModels(
  context: ChatContext,
  { model, models = [] }: { model?: ChosenModel | undefined; models?: readonly ChosenModel[] | undefined },
): Result<[ChatContext, ...ChatContext[]]> {
  const [first, ...others] = models.length > 0 ? models : [model];
  const chosen = withChosenModel(context, first);
  if (!chosen.ok) return chosen;
  const contexts: [ChatContext, ...ChatContext[]] = [chosen.value];
  for (const other of others) {
    const next = withChosenModel(context, other);
    if (!next.ok) return next;
    contexts.push(next.value);
  }
  return success(contexts);
}
