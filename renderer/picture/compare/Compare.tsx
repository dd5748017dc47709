// Shows two to four pictures side by side with a shared zoom, names their differences, and lets the user choose.

import { X } from 'lucide-react';
import {
  type ComponentProps,
  type CSSProperties,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { RecipeFacts } from '../../../shared/contract/pictures';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { modelName } from '../../state/composer/chosen-models';
import { continueWith } from '../../state/composer/continue-with';
import { useDraft } from '../../state/composer/draft-store';
import { useGallery } from '../../state/gallery/gallery-store';
import { placeInComparison, useCompare } from '../../state/pictures/compare-store';
import { Dialog } from '../../ui/Dialog';
import { closesOnNavigation } from '../../ui/dialogs';
import { keyAlongLine } from '../../ui/direction';
import { formatList } from '../../ui/format';
import { IconButton } from '../../ui/IconButton';
import { targetOfImage } from '../action-target';
import { type RecipeFact, recipeFacts } from '../lightbox/recipe-rows';
import { ZoomButtons } from '../lightbox/ZoomButtons';
import { fitted, type Sizes, type Zoom, zoomAfterKey } from '../lightbox/zoom';
import { modelNameOf } from '../model-name';
import { runShortcut } from '../run-shortcut';
import styles from './Compare.module.css';
import { ComparePane, type Made } from './ComparePane';
import { type CaptionLines, type CompareLayout, compareLayout } from './compare-layout';
import { type Compared, differencesOf } from './differences';

/** Rendered once in the app. */
export function Compare() {
  const ids = useCompare((state) => state.ids);
  return ids.length > 0 && <Comparison ids={ids} />;
}

function Comparison({ ids }: { ids: readonly string[] }) {
  const close = useCompare((state) => state.close);
  const { tiles, describe } = useGallery();
  const facts = useFactsOf(ids);
  const [zoom, setZoom] = useState<Zoom>(fitted);
  const [sizes, setSizes] = useState<ReadonlyMap<string, Sizes>>(new Map());
  const onSizes = useCallback(
    (id: string, changed: Sizes) => setSizes((known) => new Map(known).set(id, changed)),
    [],
  );
  const finest = finestOf(ids, sizes);
  useEffect(() => void describe([...ids]), [ids, describe]);
  const panes = useRef<HTMLDivElement>(null);
  const images = ids.map((id) => tiles.get(id)).filter((image) => image !== undefined);
  const targets = images.map(
    (image) => () =>
      targetOfImage(image, {
        facts: facts.get(image.id) ?? null,
        ...placeInComparison(image.id),
      }),
  );
  const { prompt, shared, own } = differencesOf(
    images.map((image) => ({ ...image, ...settingsOf(image, facts.get(image.id) ?? null) })),
  );
  const lines = { hasOwnFacts: own.some((each) => each.facts.length > 0), hasOwnPrompts: prompt === null };
  const layout = useLayout(panes, images, lines);
  const style: CSSProperties & Record<'--columns', number> = { '--columns': layout.columns };
  const isLoaded = images.length > 0;
  useEffect(() => {
    // Moves the focus from the close button, which the dialog has focused.
    if (isLoaded) panes.current?.querySelector<HTMLElement>('[data-pane]')?.focus();
  }, [isLoaded]);

  function onKeyDown(event: KeyboardEvent<HTMLDialogElement>): void {
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-pane]')];
    const at = all.findIndex((pane) => pane.contains(document.activeElement));
    const target = targets[at];
    if (target && runShortcut(event, target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowRight: 1, ArrowLeft: -1 }[keyAlongLine(event.key)];
    const zoomed = finest && zoomAfterKey(event.key, zoom, finest);
    // The arrow keys pan enlarged pictures, and otherwise move the focus.
    if (zoomed) {
      event.preventDefault();
      setZoom((now) => zoomAfterKey(event.key, now, finest) ?? now);
    } else if (by !== undefined) all[(at + by + all.length) % all.length]?.focus();
  }

  return (
    <Dialog
      {...closesOnNavigation}
      className={styles['compare']}
      aria-label={t('picture.compare_pictures', { count: ids.length })}
      onClose={close}
      onKeyDown={onKeyDown}
    >
      <header className={styles['head']}>
        <p className={styles['shared']} dir="auto">
          {prompt ?? <span className={styles['muted']}>{t('picture.prompts_differ')}</span>}
        </p>
        <small>{shared.join(' · ')}</small>
        <span className={styles['zoom']}>
          <ZoomButtons
            hasSteps
            zoom={zoom}
            sizes={finest}
            onZoom={(by) => finest && setZoom((now) => by(now, finest))}
          />
        </span>
        <IconButton icon={X} label={t('picture.close')} onClick={close} />
      </header>
      <div
        ref={panes}
        className={styles['panes']}
        style={style}
        data-columns={layout.columns}
        data-caption={layout.caption}
        data-own-facts={lines.hasOwnFacts}
      >
        {images.map((image, at) => (
          <ComparePane
            key={image.id}
            image={image}
            target={targets[at] ?? (() => targetOfImage(image))}
            made={madeText(image, facts.get(image.id) ?? null)}
            own={own[at] ?? { prompt: null, facts: [] }}
            zoom={zoom}
            onZoom={setZoom}
            onSizes={onSizes}
            others={ids.filter((id) => id !== image.id)}
            onKeep={() => continueInChat(image, images, facts)}
            isNarrow={layout.caption === 'tight' || layout.caption === 'narrow'}
          />
        ))}
      </div>
    </Dialog>
  );
}

/** Continues a chat that compared models with the model whose picture is kept. */
function continueInChat(
  kept: GalleryImage,
  images: readonly GalleryImage[],
  facts: ReadonlyMap<string, RecipeFacts>,
): ReturnType<ComponentProps<typeof ComparePane>['onKeep']> {
  const { conversationId } = useDraft.getState();
  const isOfChat = images.every(({ id }) => facts.get(id)?.conversation?.id === conversationId);
  const modelOf = ({ provider, model }: GalleryImage) => ({ serviceId: provider, model });
  const left = images.filter(({ id }) => id !== kept.id);
  const goesOn = isOfChat ? continueWith(modelOf(kept), left.map(modelOf)) : null;
  if (!goesOn) return null;
  const models = formatList(goesOn.models.map(modelName));
  return { sentence: t('picture.goes_on_with', { models }), undo: goesOn.undo };
}

/** Returns the sizes of the picture with the most pixels. At its actual size, no other picture is smaller than its own. */
function finestOf(ids: readonly string[], sizes: ReadonlyMap<string, Sizes>): Sizes | null {
  const known = ids.flatMap((id) => sizes.get(id) ?? []);
  return known.toSorted((one, other) => other.actual - one.actual)[0] ?? null;
}

/** Returns the facts that each picture always shows, even if all are equal: its model, its price and its time. */
function madeText(image: GalleryImage, facts: RecipeFacts | null): Made {
  const { cost, took } = recipeFacts(image, facts);
  return { model: modelNameOf(image), rest: [cost, took].filter((fact) => fact !== undefined) };
}

/** The settings that are compared besides model, seed and size. */
const comparedSettings = [
  'resolution',
  'quality',
  'thinking',
  'background',
  'negative_prompt',
  'steps',
  'guidance',
  'sampler',
  'scheduler',
  'strength',
] as const satisfies RecipeFact[];

function settingsOf(image: GalleryImage, facts: RecipeFacts | null): Pick<Compared, 'seed' | 'settings'> {
  const recipe = recipeFacts(image, facts);
  const model = modelNameOf(image);
  const texts: [fact: RecipeFact, text: string | undefined][] = [
    ['provider', recipe.provider],
    ...comparedSettings.map((fact): [RecipeFact, string | undefined] => {
      const value = recipe[fact];
      return [fact, value === undefined ? undefined : t(`picture.compared_${fact}`, { value })];
    }),
  ];
  return {
    seed: recipe.seed,
    settings: texts.flatMap(([fact, text]): [string, string][] =>
      // Skips a repeated name, because a service with one model is often named after it.
      text === undefined || text === model ? [] : [[fact, text]],
    ),
  };
}

/** Measures the available space before the first paint, and whenever it changes. */
function useLayout(
  panes: RefObject<HTMLDivElement | null>,
  images: readonly { width: number; height: number }[],
  lines: CaptionLines,
): CompareLayout {
  const [room, setRoom] = useState({ width: window.innerWidth, height: window.innerHeight });
  useLayoutEffect(() => {
    const element = panes.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => entry && setRoom(entry.contentRect));
    observer.observe(element);
    return () => observer.disconnect();
  }, [panes]);
  const ratios = images.map(({ width, height }) => width / height);
  return compareLayout(ratios, room, lines);
}

/** Returns the loaded recipes of the pictures. */
function useFactsOf(ids: readonly string[]): ReadonlyMap<string, RecipeFacts> {
  const [facts, setFacts] = useState<ReadonlyMap<string, RecipeFacts>>(new Map());
  useEffect(() => {
    let isGone = false;
    for (const imageId of ids) {
      void request('images:facts', { imageId }).then((reply) => {
        if (!isGone && reply.ok) setFacts((known) => new Map(known).set(imageId, reply.value));
      });
    }
    return () => {
      isGone = true;
    };
  }, [ids]);
  return facts;
}
