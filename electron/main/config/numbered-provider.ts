// Numbers what the page is told about the provider in use, because a reply and an event may arrive in another order.
import type { ActiveProvider, NumberedProvider } from '../../../shared/contract/services';

/** Returns a function that reads the provider in use; of two results, the one with the higher revision is newer. */
export function createNumberedProvider(activeProvider: () => ActiveProvider): () => NumberedProvider {
  let revision = 0;
  return () => {
    revision += 1;
    return { ...activeProvider(), revision };
  };
}
