// The row of tools: drawing tools, the size of the brush, and actions on the whole mask.

import { Blend, Contrast, SquareX } from 'lucide-react';
import type { Frame } from '../../../shared/domain/edits';
import type { AspectRatio } from '../../../shared/domain/models';
import { shapeName } from '../../../shared/domain/shape-names';
import { currentLocale, t } from '../../../shared/languages/translate';
import { IconButton } from '../../ui/IconButton';
import { QuietButton } from '../../ui/QuietButton';
import { RatioShape } from '../../ui/RatioShape';
import styles from './EditTools.module.css';
import { centredFrame, frameForRatio, isFramed, noFrame, ratioOf, type Size } from './frame';
import type { Painter } from './mask/painter';
import { maxBrush, minBrush, type Tool, toolFacts, toolName, tools } from './tools';

/** Common ratios for extending a picture. */
const ratios = ['1:1', '4:3', '3:4', '16:9', '9:16'] as const satisfies AspectRatio[];
/** Radius by which one press softens the edges, as a fraction of the picture's shorter side. */
const featherPart = 1 / 160;

type Props = {
  size: Size;
  tool: Tool;
  onTool: (tool: Tool) => void;
  brush: number;
  onBrush: (brush: number) => void;
  painter: Painter;
  hasMark: boolean;
  frame: Frame;
  onFrame: (frame: Frame, isDone: boolean) => void;
};

export function EditTools(props: Props) {
  const { size, tool, onTool, painter, hasMark } = props;
  const radius = Math.max(1, Math.round(Math.min(size.width, size.height) * featherPart));
  return (
    <div className={styles['tools']} role="toolbar" aria-label={t('editor.tools')}>
      <div className={styles['group']}>
        {tools.map((each) => {
          const { icon, key } = toolFacts[each];
          return (
            <QuietButton
              key={each}
              icon={icon}
              label={toolName(each)}
              title={t('editor.tool_with_key', { hint: t(`editor.hint_${each}`), key })}
              aria-keyshortcuts={key}
              aria-pressed={each === tool}
              onClick={() => onTool(each)}
            />
          );
        })}
      </div>
      <span className={styles['line']} />
      {tool === 'extend' ? <Ratios {...props} /> : <BrushSize {...props} />}
      {tool !== 'extend' && (
        <div className={styles['group']}>
          <IconButton
            isRepeatable
            icon={Blend}
            label={t('editor.soften')}
            disabled={!hasMark}
            onClick={() => painter.feather(radius)}
          />
          <IconButton icon={Contrast} label={t('editor.invert')} onClick={painter.invert} />
          <IconButton
            icon={SquareX}
            label={t('editor.clear_mask')}
            disabled={!hasMark}
            onClick={painter.clear}
          />
        </div>
      )}
    </div>
  );
}

/** The slider is logarithmic: each step enlarges the brush by the same factor. */
function BrushSize({ size, brush, onBrush, tool }: Props) {
  const pixels = Math.max(1, Math.round(2 * brush * Math.min(size.width, size.height)));
  return (
    <label className={styles['size']}>
      <span className={styles['label']}>{t('editor.brush_size_label')}</span>
      <input
        type="range"
        aria-label={t('editor.brush_size')}
        aria-valuetext={t('editor.pixels', { count: pixels })}
        title={t('editor.brush_size_hint')}
        min={0}
        max={100}
        step="any"
        disabled={tool !== 'brush' && tool !== 'eraser'}
        value={(100 * Math.log(brush / minBrush)) / Math.log(maxBrush / minBrush)}
        onChange={(event) => onBrush(minBrush * (maxBrush / minBrush) ** (Number(event.target.value) / 100))}
      />
      <span className={styles['figure']}>{t('editor.px', { count: pixels })}</span>
    </label>
  );
}

function Ratios({ size, frame, onFrame }: Props) {
  const apply = (next: Frame) => onFrame(next, true);
  return (
    <fieldset className={styles['group']} aria-label={t('editor.shape')}>
      {ratios.map((ratio) => (
        <button
          key={ratio}
          type="button"
          className={styles['ratio']}
          aria-label={t('editor.extend_to', {
            ratio,
            shape: shapeName(ratio).toLocaleLowerCase(currentLocale()),
          })}
          title={shapeName(ratio)}
          onClick={() => apply(frameForRatio(size, ratioOf(ratio)))}
        >
          <RatioShape ratio={ratio} />
          {ratio}
        </button>
      ))}
      <button
        type="button"
        className={styles['ratio']}
        title={t('editor.centre_hint')}
        disabled={!isFramed(frame)}
        onClick={() => apply(centredFrame(frame))}
      >
        {t('editor.centre')}
      </button>
      <button
        type="button"
        className={styles['ratio']}
        title={t('editor.reset_frame_hint')}
        disabled={!isFramed(frame)}
        onClick={() => apply(noFrame)}
      >
        {t('editor.reset_frame')}
      </button>
    </fieldset>
  );
}
