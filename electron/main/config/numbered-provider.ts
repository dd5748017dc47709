// Numbers the states of the provider in use, because the page may receive a reply and an event out of order.
import type { ActiveProvider, NumberedProvider } from '../../../shared/contract/services';

/** Returns a function that reads the provider in use; of two results, the one with the higher revision is newer. */
export function createNumberedProvider(activeProvider: () => ActiveProvider): () => NumberedProvider {
  let revision = 0;
  return () => {
    revision += 1;
    return { ...activeProvider(), revision };
  };
}
