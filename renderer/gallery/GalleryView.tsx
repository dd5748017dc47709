// The pictures that the gallery was asked for, all of them to begin with.
import { ImageOff, Trash2 } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { everyPicture, type GalleryQuery } from '../../shared/gallery-query';
import { type GalleryImage, imageUrl } from '../../shared/ipc';
import { deletePicture } from '../picture-actions';
import { thumbhashBackground } from '../ui/thumbhash';
import { setFavourite } from './collections/actions';
import { dragPictures } from './collections/drag';
import { FavouriteButton } from './FavouriteButton';
import styles from './GalleryView.module.css';
import { useGallery } from './gallery-store';
import { Lightbox } from './Lightbox';
import { findsTheSame, isFiltered } from './search/filters';
import { SearchBar } from './search/SearchBar';

/** How near to the end the next page is fetched, in pixels. */
const fetchAhead = 1600;

export function GalleryView() {
  const { images, next, query, state, setQuery, loadMore } = useGallery();
  const [openId, setOpenId] = useState<string | null>(null);
  const scroller = useRef<HTMLElement>(null);
  const open = images.find(({ id }) => id === openId);

  useEffect(() => {
    void setQuery(useGallery.getState().query);
  }, [setQuery]);

  function onScroll(): void {
    const element = scroller.current;
    if (!element || !next) return;
    if (element.scrollHeight - element.clientHeight - element.scrollTop < fetchAhead) void loadMore();
  }

  function step(by: 1 | -1): void {
    const beside = images[images.findIndex(({ id }) => id === openId) + by];
    if (beside) setOpenId(beside.id);
  }

  return (
    <main ref={scroller} className={styles['view']} aria-label="Gallery" onScroll={onScroll}>
      <header className={styles['head']}>
        <h1>Gallery</h1>
        <SearchBar query={query} onChange={(changed) => void setQuery(changed)} />
        <a className={styles['trash']} href="#/trash" title="Trash">
          <Trash2 size={16} strokeWidth={1.75} aria-hidden />
          <span>Trash</span>
        </a>
      </header>
      {images.length > 0 && <Grid images={images} onOpen={setOpenId} />}
      {images.length === 0 && state === 'ready' && <Nothing query={query} />}
      {open && <Lightbox image={open} onStep={step} onClose={() => setOpenId(null)} />}
    </main>
  );
}

function Nothing({ query }: { query: GalleryQuery }) {
  const isText = findsTheSame(query, { ...everyPicture, text: query.text });
  return (
    <div className={styles['nothing']}>
      <ImageOff size={18} strokeWidth={1.75} aria-hidden />
      {!isFiltered(query) && <p>No pictures yet. Ask for one in the chat, and it stays here.</p>}
      {isFiltered(query) && isText && (
        <p>No picture has “{query.text}” in its prompt. Try fewer letters or another word.</p>
      )}
      {isFiltered(query) && !isText && <p>Nothing is here. Take a filter away to see more.</p>}
    </div>
  );
}

function Grid({ images, onOpen }: { images: GalleryImage[]; onOpen: (id: string) => void }) {
  /** The tile that Tab comes to; the arrow keys move it. */
  const [focused, setFocused] = useState(0);
  const grid = useRef<HTMLDivElement>(null);

  // What stood behind a deleted tile has taken its place, and takes the focus that went with it.
  const deletedByKey = useRef(false);
  useEffect(() => {
    if (!deletedByKey.current) return;
    deletedByKey.current = false;
    grid.current?.querySelector<HTMLElement>('[data-image-id][tabindex="0"]')?.focus();
  }, [images]);

  function onKeyDown(event: KeyboardEvent): void {
    const image = images[focused];
    if (event.key === 'Delete' && image) {
      event.preventDefault();
      deletedByKey.current = true;
      void deletePicture(image.id);
      return;
    }
    if (event.key === 'f' && image && !event.ctrlKey && !event.metaKey) {
      void setFavourite([image.id], !image.favourite);
      return;
    }
    const tiles = [...(grid.current?.querySelectorAll<HTMLElement>('[data-image-id]') ?? [])];
    const target = nextTile(event.key, focused, tiles);
    if (target === undefined) return;
    event.preventDefault();
    setFocused(target);
    tiles[target]?.focus();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot lay out justified rows; the roles carry the meaning.
    <div
      ref={grid}
      className={styles['grid']}
      role="grid"
      aria-label="Gallery"
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above; its cells take the focus. */}
      <div role="row" className={styles['row']}>
        {images.map((image, index) => (
          <Tile
            key={image.id}
            image={image}
            tabIndex={index === Math.min(focused, images.length - 1) ? 0 : -1}
            onFocus={() => setFocused(index)}
            onOpen={() => {
              setFocused(index);
              onOpen(image.id);
            }}
          />
        ))}
      </div>
    </div>
  );
}

/** @returns where a key leads from a tile: beside it, or to the nearest one above or below. */
function nextTile(key: string, from: number, tiles: HTMLElement[]): number | undefined {
  const within = (index: number) => (index >= 0 && index < tiles.length ? index : undefined);
  if (key === 'ArrowRight') return within(from + 1);
  if (key === 'ArrowLeft') return within(from - 1);
  if (key === 'Home') return within(0);
  if (key === 'End') return within(tiles.length - 1);
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined;
  const here = tiles[from]?.getBoundingClientRect();
  if (!here) return undefined;
  const isBeyond = (box: DOMRect) => (key === 'ArrowDown' ? box.top >= here.bottom : box.bottom <= here.top);
  const centre = (box: DOMRect) => ({ x: box.left + box.width / 2, y: box.top });
  const distance = (box: DOMRect) =>
    Math.abs(centre(box).y - centre(here).y) * 1000 + Math.abs(centre(box).x - centre(here).x);
  const beyond = tiles
    .map((tile, index) => ({ index, box: tile.getBoundingClientRect() }))
    .filter(({ box }) => isBeyond(box))
    .sort((a, b) => distance(a.box) - distance(b.box));
  return beyond[0]?.index;
}

/** Tiles are up to this wide and about 200 px high, in CSS pixels. */
const widestTile = 460;
const tileHeight = 200;

/** @returns the smaller of the two sizes that has a pixel for each of the screen's. */
function sizeFor({ width, height }: GalleryImage): '512' | '256' {
  const longestSide = Math.min(widestTile, Math.max(tileHeight, (tileHeight * width) / height));
  return longestSide * window.devicePixelRatio <= 256 ? '256' : '512';
}

type TileProps = { image: GalleryImage; tabIndex: number; onFocus: () => void; onOpen: () => void };

function Tile({ image, tabIndex, onFocus, onOpen }: TileProps) {
  const change = useGallery((state) => state.change);
  const isMissing = image.state === 'missing';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of the grid above, which is no table.
    <div
      role="gridcell"
      className={styles['tile']}
      style={{ flexGrow: image.width / image.height, flexBasis: `${(image.width / image.height) * 200}px` }}
      data-image-id={image.id}
      aria-label={image.prompt}
      tabIndex={tabIndex}
      draggable
      onDragStart={(event) => dragPictures(event, [image.id])}
      onFocus={onFocus}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onOpen();
      }}
    >
      <div
        className={styles['box']}
        style={{
          aspectRatio: `${image.width} / ${image.height}`,
          backgroundImage: thumbhashBackground(image.thumbhash),
        }}
      >
        {isMissing ? (
          <span className={styles['missing']}>The file is missing</span>
        ) : (
          <img
            src={imageUrl(image.id, sizeFor(image))}
            alt={image.prompt}
            loading="lazy"
            decoding="async"
            draggable={false}
            onError={() => change([{ ...image, state: 'missing' }])}
          />
        )}
        <span className={styles['favourite']} data-on={image.favourite || undefined}>
          <FavouriteButton imageId={image.id} favourite={image.favourite} tabIndex={-1} />
        </span>
      </div>
    </div>
  );
}
