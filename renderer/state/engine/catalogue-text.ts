// Translates the texts of the built-in catalogue of engines and models.
import type { EngineOffer, InstalledItem } from '../../../shared/domain/engine';
import type { EngineItemId } from '../../../shared/domain/engine-catalogue';
import type { MessageId } from '../../../shared/languages/en';
import { inEnglish, t } from '../../../shared/languages/translate';

/** The strengths of each model in the built-in catalogue, by its id. */
const goodAtIds: Readonly<Record<EngineItemId, MessageId>> = {
  'z-image-turbo-q4': 'engine.good_at_z_image_turbo',
  'flux2-klein-4b-q4': 'engine.good_at_flux2_klein',
  'dreamshaper-8-lcm': 'engine.good_at_dreamshaper_8',
};

/** Returns the strengths of a model. Texts of other catalogues are not translated. */
export function goodAtText({ model, goodAt }: Pick<EngineOffer, 'model' | 'goodAt'>): string {
  const id = goodAtIds[model];
  return id !== undefined && goodAt === inEnglish(id) ? t(id) : goodAt;
}

/** Matches the names of engines in the built-in catalogue. Models have product names, which are not translated. */
const buildLabel = /^stable-diffusion\.cpp for (\w+) \((\w+)\)$/;

/** Returns the name of an engine or a model. */
export function itemLabel({ kind, label }: Pick<InstalledItem, 'kind' | 'label'>): string {
  const [, system, backend] = buildLabel.exec(label) ?? [];
  if (kind !== 'engine' || system === undefined || backend === undefined) return label;
  return t('engine.build', { system, backend });
}
