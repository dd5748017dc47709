// Actions that make new pictures from a picture or its recipe, or put them into the composer.
import { Blend, BookmarkPlus, Cpu, ImagePlus, Images, Redo2, RefreshCw, ScanEye, Sprout } from 'lucide-react';
import { maxPictures } from '../../../shared/domain/conversations';
import { type Result, success } from '../../../shared/domain/errors';
import { maxReferences } from '../../../shared/domain/models';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { askAgain, attachReference } from '../../state/composer/composer-actions';
import { hintWithPrice, repeatPrice } from '../../state/composer/repeat-price';
import { requestAgain, requestNear, takesStrength } from '../../state/composer/request-pictures';
import { describePicture, textServiceFor } from '../../state/composer/suggestion-actions';
import { askForModel } from '../../state/models/model-list-request';
import { useStyleEditor } from '../../state/styles/style-editor';
import { toast } from '../../ui/toasts';
import type { PictureTarget, TargetRecipe } from '../action-target';
import { forEach, hasFile, hasPrompt, isOne, type PictureAction } from './picture-action';

/** In the order of the menu. */
export const makeActions = {
  again: {
    icon: RefreshCw,
    label: 'picture.again',
    hint(target) {
      const count = target.groupSize ?? 1;
      return withPrice(t('picture.again_hint', { count }), target, count);
    },
    // With Shift, because a picture may cost money.
    shortcut: 'Shift+R',
    isOffered: hasPrompt,
    leaves: 'elsewhere',
    isOfRecipe: true,
    run: (target) => (target.again ? target.again() : void repeat(target, target.groupSize ?? 1)),
  },
  variations: {
    icon: Images,
    label: () => t('picture.variations', { count: maxPictures }),
    hint: (target) => withPrice(t('picture.variations_hint', { count: maxPictures }), target, maxPictures),
    price: (target) => priceOf(target, maxPictures),
    shortcut: 'Shift+V',
    isOffered: (target) => hasPrompt(target) && target.groupSize === undefined,
    leaves: 'elsewhere',
    isOfRecipe: true,
    run: (target) => void repeat(target, maxPictures),
  },
  nearVariations: {
    icon: Blend,
    label: () => t('picture.near_variations', { count: maxPictures }),
    hint: (target) =>
      withPrice(t('picture.near_variations_hint', { count: maxPictures }), target, maxPictures),
    isOffered: (target) => hasPrompt(target) && isOne(target) && takesStrength(),
    isEnabled: hasFile,
    leaves: 'elsewhere',
    run: (target) => void withRecipe(target, (recipe) => requestNear(recipe, maxPictures)),
  },
  otherModel: {
    icon: Cpu,
    label: 'picture.other_model',
    hint: 'picture.other_model_hint',
    isOffered: (target) => hasPrompt(target) && target.groupSize === undefined,
    isOfRecipe: true,
    // Leaves the view only after the choice, so that a cancellation changes nothing.
    run: (target) =>
      askForModel(target.madeBy, (model) => {
        target.leave?.('elsewhere');
        void withRecipe(target, (recipe) => requestAgain(recipe, 1, model));
      }),
  },
  useAsReference: {
    icon: ImagePlus,
    label: 'picture.use_as_reference',
    hint: 'picture.use_as_reference_hint',
    shortcut: 'U',
    isEnabled: (target) => hasFile(target) && target.count <= maxReferences,
    leaves: 'elsewhere',
    run: forEach(attachReference),
  },
  reusePrompt: {
    icon: Redo2,
    label: 'picture.reuse_prompt',
    hint: 'picture.reuse_prompt_hint',
    shortcut: 'P',
    isOffered: hasPrompt,
    leaves: 'elsewhere',
    isOfRecipe: true,
    run: (target) => void withKnownRecipe(target, (recipe) => askAgain({ ...recipe, seed: null })),
  },
  describe: {
    icon: ScanEye,
    label: 'picture.describe',
    hint: () => t(textServiceFor('describe') ? 'picture.describe_hint' : 'picture.describe_needs_model'),
    // With Shift, because an answer may cost money.
    shortcut: 'Shift+D',
    isOffered: isOne,
    isEnabled: hasFile,
    // Leaves the view only once there is a model to ask.
    run(target) {
      for (const id of target.ids()) void describePicture(id, () => target.leave?.('elsewhere'));
    },
  },
  useSeed: {
    icon: Sprout,
    label: 'picture.use_seed',
    hint: ({ recipe }) => t(recipe?.isSeedTooLarge ? 'picture.seed_too_large' : 'picture.use_seed_hint'),
    shortcut: 'S',
    isOffered: ({ recipe }) => recipe?.seed !== undefined,
    isEnabled: ({ recipe }) => recipe?.seed !== null,
    leaves: 'elsewhere',
    isOfRecipe: true,
    run: ({ recipe }) => recipe && askAgain(recipe),
  },
  saveAsStyle: {
    icon: BookmarkPlus,
    label: 'picture.save_as_style',
    hint: 'picture.save_as_style_hint',
    isOffered: (target) => hasPrompt(target) && isOne(target),
    isOfRecipe: true,
    run(target) {
      const [pictureId = null] = target.ids();
      void withKnownRecipe(target, ({ prompt, negativePrompt = '' }) =>
        useStyleEditor.getState().create({ prompt, negativePrompt, pictureId }),
      );
    },
  },
} satisfies Record<string, PictureAction>;

function withPrice(hint: string, target: PictureTarget, count: number): string {
  return hintWithPrice(hint, priceOf(target, count));
}

function priceOf({ recipe, again }: PictureTarget, count: number): string | null {
  // No single price applies to pictures of several models or prompts.
  return recipe && !again ? repeatPrice(recipe, count) : null;
}

function repeat(target: PictureTarget, count: number): Promise<void> {
  return withRecipe(target, (recipe) => requestAgain(recipe, count));
}

/** Runs an action with the complete recipe of a picture. With an incomplete one, it would pay for a different picture. */
async function withRecipe(
  target: PictureTarget,
  run: (recipe: TargetRecipe) => Promise<void>,
): Promise<void> {
  const found = await readRecipe(target);
  if (!found.ok) return toast(found.message, { tone: 'problem' });
  if (found.value) await run(found.value);
}

/** Runs an action that sends nothing with the recipe of a picture, as far as it is known. */
async function withKnownRecipe(target: PictureTarget, run: (recipe: TargetRecipe) => void): Promise<void> {
  const found = await readRecipe(target);
  const recipe = found.ok ? found.value : target.recipe;
  if (recipe) run(recipe);
}

/** Returns the recipe of a picture with what a tile does not know of it, such as its references. */
async function readRecipe(target: PictureTarget): Promise<Result<TargetRecipe | undefined>> {
  const { recipe, conversation, withFacts } = target;
  const [id] = target.ids();
  if (conversation !== undefined || !withFacts || id === undefined) return success(recipe);
  const facts = await request('images:facts', { imageId: id });
  return facts.ok ? success(withFacts(facts.value).recipe) : facts;
}
