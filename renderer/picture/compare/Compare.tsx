// Shows two to four pictures side by side with a shared zoom, names their differences, and lets the user choose.
import { X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { RecipeFacts } from '../../../shared/contract/pictures';
import { request } from '../../ipc';
import { modelLabel } from '../../state/gallery/filters';
import { useGallery } from '../../state/gallery/gallery-store';
import { useCompare } from '../../state/pictures/compare-store';
import { Dialog } from '../../ui/Dialog';
import { passing } from '../../ui/dialogs';
import { IconButton } from '../../ui/IconButton';
import { targetOfImage } from '../action-target';
import { fitted, type Zoom } from '../lightbox/zoom';
import { runShortcut } from '../run-shortcut';
import styles from './Compare.module.css';
import { ComparePane } from './ComparePane';
import { differencesOf } from './differences';

/** Once in the app. */
export function Compare() {
  const ids = useCompare((state) => state.ids);
  return ids.length > 0 && <Comparison ids={ids} />;
}

function Comparison({ ids }: { ids: readonly string[] }) {
  const { remove, close } = useCompare();
  const { tiles, describe } = useGallery();
  const facts = useFactsOf(ids);
  const [zoom, setZoom] = useState<Zoom>(fitted);
  const zoomByKey = useRef<(key: string) => boolean>(() => false);
  useEffect(() => void describe([...ids]), [ids, describe]);
  const panes = useRef<HTMLDivElement>(null);
  const images = ids.map((id) => tiles.get(id)).filter((image) => image !== undefined);
  const targets = images.map(
    (image) => () =>
      targetOfImage(image, {
        facts: facts.get(image.id) ?? null,
        leave: (why) => (why === 'gone' ? remove(image.id) : close()),
      }),
  );
  const { prompt, shared, own } = differencesOf(
    images.map(({ id, model, ...image }) => ({
      ...image,
      model: modelLabel(model),
      seed: facts.get(id)?.imported?.seed ?? facts.get(id)?.params?.seed,
    })),
  );

  const isLoaded = images.length > 0;
  useEffect(() => {
    // The dialog focuses the button that closes it.
    if (isLoaded) panes.current?.querySelector<HTMLElement>('[data-pane]')?.focus();
  }, [isLoaded]);

  function onKeyDown(event: KeyboardEvent<HTMLDialogElement>): void {
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-pane]')];
    const at = all.findIndex((pane) => pane.contains(document.activeElement));
    const target = targets[at];
    if (target && runShortcut(event, target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    // The arrows move the pictures while they are enlarged, else the focus.
    if (zoomByKey.current(event.key)) event.preventDefault();
    else if (by !== undefined) all[(at + by + all.length) % all.length]?.focus();
  }

  return (
    <Dialog
      {...passing}
      className={styles['compare']}
      aria-label={`Compare ${ids.length} pictures`}
      onClose={close}
      onKeyDown={onKeyDown}
    >
      <header className={styles['head']}>
        <p className={styles['shared']} dir="auto">
          {prompt ?? <span className={styles['muted']}>The prompts differ</span>}
        </p>
        <small>{shared.join(' · ')}</small>
        <IconButton icon={X} label="Close" onClick={close} />
      </header>
      <div ref={panes} className={styles['panes']} data-count={images.length}>
        {images.map((image, at) => (
          <ComparePane
            key={image.id}
            image={image}
            target={targets[at] ?? (() => targetOfImage(image))}
            own={own[at] ?? { prompt: null, facts: [] }}
            zoom={zoom}
            onZoom={setZoom}
            zoomByKey={zoomByKey}
            others={ids.filter((id) => id !== image.id)}
          />
        ))}
      </div>
    </Dialog>
  );
}

/** Returns how the pictures were made, as far as it is loaded. */
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
