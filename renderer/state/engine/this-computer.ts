// "Use this computer": whether it is possible, how it starts, and how an installed model is selected.
import { useMemo } from 'react';
import {
  type EngineDownload,
  type EngineOffer,
  type EngineStatus,
  engineServiceId,
  type InstalledItem,
} from '../../../shared/domain/engine';
import type { EngineItemId } from '../../../shared/domain/engine-catalogue';
import type { Service } from '../../../shared/domain/services';
import { say } from '../../../shared/languages/sentence';
import { t } from '../../../shared/languages/translate';
import { chooseAsDefault } from '../composer/choose-model';
import { useConnect, type Waiting } from '../connect-store';
import type { EngineModelFacts } from '../models/model-entries';
import { useServices } from '../settings/services-store';
import { useEngine } from './engine-store';

export type ReadyModel = { id: EngineItemId; label: string };

/** Returns the models that can make a picture now, most recently used first. */
export function readyModels({ installed, offers, ownEngine }: EngineStatus): ReadyModel[] {
  const hasEngine =
    ownEngine !== null || installed.some(({ kind, isDamaged }) => kind === 'engine' && !isDamaged);
  return installed
    .filter(({ id, kind, isDamaged }) => {
      if (kind !== 'model' || isDamaged) return false;
      return offers.find((offer) => offer.model === id)?.isInstalled ?? hasEngine;
    })
    .toSorted((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0))
    .map(({ id, label }) => ({ id, label }));
}

/** Returns the model whose download repairs a damaged item; null if there is none. */
export function repairOf(
  { id, kind, isDamaged }: InstalledItem,
  { offers, installed, downloads }: EngineStatus,
): EngineItemId | null {
  if (!isDamaged) return null;
  const isHere = (model: EngineItemId) => installed.some((item) => item.id === model && !item.isDamaged);
  const offer = offers.find(
    ({ model, bringsEngine, isInstalled, suitability }) =>
      !isInstalled &&
      suitability !== 'no' &&
      (kind === 'model' ? model === id : bringsEngine && isHere(model)) &&
      !downloads.some((download) => download.model === model),
  );
  return offer?.model ?? null;
}

/** Returns the best offer that this computer can run; null if there is none. */
export function bestOffer({ offers }: EngineStatus): EngineOffer | null {
  return offers.find(({ suitability }) => suitability !== 'no') ?? null;
}

/** Returns the download to show first: an active one, or else one that waits for the user. */
export function shownDownload({ downloads }: EngineStatus): EngineDownload | null {
  const isActive = ({ state }: EngineDownload) => state !== 'paused' && state !== 'failed';
  return downloads.find(isActive) ?? downloads[0] ?? null;
}

/** Returns the facts about installed models for the list of models. */
export function engineModelsOf(status: EngineStatus): EngineModelFacts[] {
  const ready = new Set(readyModels(status).map(({ id }) => id));
  return status.installed
    .filter(({ id }) => ready.has(id))
    .map(({ id, label, bytes }) => {
      const seconds = status.offers.find(({ model }) => model === id)?.secondsPerPicture;
      return { id, label, bytes, estimatedMs: seconds === undefined ? null : seconds * 1000 };
    });
}

export function useEngineModels(): readonly EngineModelFacts[] {
  const status = useEngine((state) => state.status);
  return useMemo(() => (status ? engineModelsOf(status) : []), [status]);
}

/**
 * Returns whether "Use this computer" can lead to a picture.
 *
 * @param isFromEnvironment whether AFTERIMAGE_SERVICES names the services of this run, to which none can be added.
 */
export function canUseThisComputer(status: EngineStatus | null, isFromEnvironment: boolean): boolean {
  if (!status || isFromEnvironment) return false;
  return bestOffer(status) !== null || status.downloads.length > 0 || readyModels(status).length > 0;
}

/** As `canUseThisComputer`, outside a component. */
export function isThisComputerOffered(): boolean {
  return canUseThisComputer(useEngine.getState().status, useServices.getState().isFromEnvironment);
}

/** Returns why this computer cannot make pictures, and what to do; null if it can, or while that is unknown. */
export function explainNotOffered(status: EngineStatus | null, isFromEnvironment: boolean): string | null {
  if (isFromEnvironment) return t('engine.services_from_environment');
  if (!status || canUseThisComputer(status, false)) return null;
  return status.unavailable ? say(status.unavailable) : t('engine.too_little_memory');
}

export type ThisComputer = {
  isOffered: boolean;
  /** Why it is not offered, to show beside the button; null if it is, or while that is unknown. */
  reason: string | null;
  /** The download that it would start; null if a model is installed or being downloaded. */
  offer: EngineOffer | null;
};

/** Returns whether "Use this computer" is offered, and the download that it would start. */
export function useThisComputer(): ThisComputer {
  const status = useEngine((state) => state.status);
  const problem = useEngine((state) => state.problem);
  const isFromEnvironment = useServices((state) => state.isFromEnvironment);
  return useMemo(() => {
    const isOffered = canUseThisComputer(status, isFromEnvironment);
    // If the status could not be read, shows that problem.
    const reason = explainNotOffered(status, isFromEnvironment) ?? (status ? null : problem);
    if (!status || !isOffered) return { isOffered, reason, offer: null };
    const isHere = status.downloads.length > 0 || readyModels(status).length > 0;
    return { isOffered, reason, offer: isHere ? null : bestOffer(status) };
  }, [status, problem, isFromEnvironment]);
}

/** Performs the action of the button "Use this computer". */
export function startThisComputer(waiting?: Waiting): void {
  const { status } = useEngine.getState();
  const [ready] = status ? readyModels(status) : [];
  if (ready && waiting) void makePictureWith(ready, waiting.send);
  else useConnect.getState().open({ isThisComputer: true, ...(waiting && { waiting }) });
}

/** Chooses an installed model, and sends the waiting prompt. */
export async function makePictureWith({ id, label }: ReadyModel, then: (() => void) | null): Promise<void> {
  const { enabled } = await whenServed();
  // Enables the service, because the user has just chosen it.
  if (!enabled) await useServices.getState().change(engineServiceId, { enabled: true });
  await chooseAsDefault({ serviceId: engineServiceId, model: id }, label);
  then?.();
}

/** Resolves with the service of the engine, because the list of services may arrive after the status. */
function whenServed(): Promise<Service> {
  const find = () => useServices.getState().services.find(({ id }) => id === engineServiceId);
  return new Promise((resolve) => {
    const known = find();
    if (known) return resolve(known);
    const unsubscribe = useServices.subscribe(() => {
      const listed = find();
      if (!listed) return;
      unsubscribe();
      resolve(listed);
    });
  });
}
