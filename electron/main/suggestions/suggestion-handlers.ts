// Answers requests about suggestions for the composer.
import type { suggestionRequests } from '../../../shared/contract/suggestions';
import { failure, success } from '../../../shared/domain/errors';
import type { HandlersOf } from '../ipc/handlers';
import type { Suggestions } from './suggestions';

export function createSuggestionHandlers(suggestions: Suggestions): HandlersOf<typeof suggestionRequests> {
  return {
    'suggestions:list': ({ conversationId, isNew }) => success(suggestions.list(conversationId, isNew)),
    'suggestions:ask': (input) => suggestions.ask(input),
    'suggestions:stop': ({ id }) => {
      suggestions.stop(id);
      return success(null);
    },
    'suggestions:edit': ({ id, text }) => (suggestions.edit(id, text) ? success(null) : failure('not_found')),
    'suggestions:close': ({ ids, isUndo }) => {
      suggestions.close(ids, isUndo);
      return success(null);
    },
  };
}
