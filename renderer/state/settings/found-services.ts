// Finds services that run on this computer, whenever a list of services to add opens.
import { useEffect, useState } from 'react';
import { knownServiceAt } from '../../../shared/domain/found-services';
import type { KnownService } from '../../../shared/domain/known-services';
import { request } from '../../ipc';

/** @param isWanted whether the list is open. Requests are only sent then. */
export function useFoundServices(isWanted: boolean): KnownService[] {
  const [found, setFound] = useState<KnownService[]>([]);
  useEffect(() => {
    if (!isWanted) return;
    let isGone = false;
    void request('services:find-local', {}).then((reply) => {
      if (reply.ok && !isGone) setFound(reply.value.flatMap((service) => knownServiceAt(service) ?? []));
    });
    return () => {
      isGone = true;
    };
  }, [isWanted]);
  return found;
}
