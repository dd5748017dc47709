// The services that answer on this computer, looked for whenever a list of services to add opens.
import { useEffect, useState } from 'react';
import { knownServiceAt } from '../../../shared/domain/found-services';
import type { KnownService } from '../../../shared/domain/known-services';
import { request } from '../../ipc';

/** @param isWanted whether the list is open. Only then does a request leave, and never by itself. */
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
