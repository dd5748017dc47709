// Style sheets say start and end, not left and right, so that a right-to-left page is laid out as its mirror image.
// The exceptions are listed here with their reasons. Icons that point along a line are mirrored there.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type Rule, rulesOf } from './harness/css-rules';

/** Each declaration that means a side of the window, whatever the direction of the text. */
const exceptions: Readonly<Record<string, string>> = {
  'features/chat/ReferenceStrip.module.css from translate': 'the sheen of a picture, as in every picture',
  'features/chat/ReferenceStrip.module.css to translate': 'the sheen of a picture, as in every picture',
  'features/chat/Waiting.module.css .light left': 'the sheen of a picture, moved by use-sheen.ts',
  'features/chat/Waiting.module.css .light transform': 'the sheen of a picture, moved by use-sheen.ts',
  'features/editor/CropStage.module.css .image left': 'the middle of a picture, from which it is turned',
  'features/editor/CropStage.module.css .kept[data-straightened] background': 'a grid over a picture',
  'features/editor/EdgeHandles.module.css .handle translate': 'centred on a point of a picture',
  'features/editor/EdgeHandles.module.css .handle::before inset': 'centred on a point of a picture',
  'features/editor/EdgeHandles.module.css .handle::before translate': 'centred on a point of a picture',
  'features/editor/EditStage.module.css .ring left': 'follows the pointer over a picture',
  'features/gallery/timeline/Timeline.module.css .newPictures left': 'centred',
  'features/gallery/timeline/Timeline.module.css .newPictures transform': 'centred',
  'picture/lightbox/FullPicture.module.css .picture left':
    'the middle of the stage, from which it is zoomed and moved',
  'state/pictures/drag-pictures.module.css .ghost left': 'follows the pointer',
  'ui/FocusTooltip.module.css .tooltip inset': 'moved from there to what has the focus',
};

const sides = /(?<![\w-])(left|right)(?![\w-])/;
const shorthands = /^(margin|padding|inset|border-(width|style|color)|scroll-(margin|padding))$/;

/** Splits at white space or commas that are not in brackets. */
function split(value: string, separator: RegExp): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of value.trim()) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth === 0 && separator.test(character)) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${character}`);
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function isShifted(length: string | undefined): boolean {
  return length !== undefined && !/^-?0(\D|$)/.test(length) && !length.includes('--inline-direction');
}

/** Returns whether a declaration means left or right. */
function isPhysical(property: string, value: string): boolean {
  if (/(^|-)(left|right)(-|$)/.test(property)) return !property.startsWith('--');
  const parts = split(value, /\s/);
  if (shorthands.test(property)) return parts.length === 4 && parts[1] !== parts[3];
  if (property === 'border-radius') {
    const [a = '', b = a, c = a, d = b] = parts;
    return a !== b || c !== d;
  }
  if (property === 'box-shadow') {
    const layers = split(value, /,/).map((layer) => split(layer.replace('inset ', ''), /\s/));
    return layers.some(([across, down]) => down !== undefined && isShifted(across));
  }
  if (property === 'translate') return isShifted(parts[0]);
  const [, moved] = /\btranslate(?:X|3d)?\((.+)\)/.exec(value) ?? [];
  return isShifted(moved && split(moved, /,/)[0]) || (property !== 'composes' && sides.test(value));
}

function physicalDeclarations(file: string, rules: readonly Rule[]): string[] {
  return rules.flatMap(({ selector, declarations }) =>
    [...declarations]
      .filter(([property, value]) => isPhysical(property, value))
      .map(([property]) => `${file} ${selector.replace(/\s+/g, ' ')} ${property}`),
  );
}

test('no style sheet means left or right, except for the listed ones', () => {
  const files = readdirSync('renderer', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.css'),
  );
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((file) => physicalDeclarations(file, rulesOf(path.join('renderer', file))));
  expect(found.toSorted()).toEqual(Object.keys(exceptions).toSorted());
});

test('each kind of physical declaration is found, and its logical counterpart is not', () => {
  const physical = {
    'margin-left': '4px',
    right: '0',
    'border-top-left-radius': '4px',
    'text-align': 'right',
    float: 'left',
    padding: '0 4px 0 8px',
    inset: '0 auto 0 0',
    'border-radius': '4px 0 0 4px',
    'box-shadow': 'inset 3px 0 0 red',
    translate: '-24px 0',
    transform: 'translateX(calc(100% - 4px))',
    'transform-origin': 'left',
    background: 'linear-gradient(to right, red, blue)',
    'inset-inline-start': 'anchor(left)',
  };
  const logical = {
    'margin-inline-start': '4px',
    'text-align': 'end',
    float: 'inline-start',
    padding: '0 4px 2px',
    inset: '0 auto auto auto',
    'border-radius': '4px 4px 0 0',
    'box-shadow': '0 1px 2px red, 0 8px 28px blue',
    translate: 'calc(-24px * var(--inline-direction)) 0',
    transform: 'translateX(calc(100% * var(--inline-direction)))',
    'inset-inline-start': 'anchor(self-start)',
    composes: 'left from "./sides.module.css"',
  };
  const found = (declarations: Record<string, string>) =>
    Object.entries(declarations).filter(([property, value]) => isPhysical(property, value));
  expect(found(physical)).toEqual(Object.entries(physical));
  expect(found(logical)).toEqual([]);
});

test('each icon that points along a line of text is mirrored from right to left', () => {
  const sources = readdirSync('renderer', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(path.join('renderer', name), 'utf8'));
  const imported = sources.flatMap((source) =>
    [...source.matchAll(/import \{([^}]*)\} from 'lucide-react'/g)].flatMap(([, names = '']) =>
      names.split(',').map((name) => name.trim().replace(/ as .*/, '')),
    ),
  );
  const pointing = imported.filter((name) =>
    /Left|Right|Undo|Redo|Forward|Reply|Send|Log(In|Out)|Input|External|Message|^Text|Indent/.test(name),
  );
  // As lucide-react makes the class: `ChevronLeft` is `.lucide-chevron-left`, `Undo2` is `.lucide-undo-2`.
  const classes = pointing.map((name) => `.lucide-${name.replace(/(?<!^)([A-Z0-9])/g, '-$1').toLowerCase()}`);
  const rule = rulesOf('renderer/ui/base.css').find(
    ({ declarations }) => declarations.get('scale') === '-1 1',
  );
  expect(rule?.selector).toMatch(/:dir\(rtl\)$/);
  const mirrored = rule?.selector.match(/\.lucide-[\w-]+/g);
  expect(mirrored?.toSorted()).toEqual([...new Set(classes)].toSorted());
});
