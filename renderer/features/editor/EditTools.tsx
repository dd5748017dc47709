// The row of tools: what draws, how large the brush is, and what changes the whole mask.
import { Blend, Contrast, SquareX } from 'lucide-react';
import type { Frame } from '../../../shared/domain/edits';
import type { AspectRatio } from '../../../shared/domain/models';
import { shapeName } from '../../../shared/domain/shape-names';
import { IconButton } from '../../ui/IconButton';
import { QuietButton } from '../../ui/QuietButton';
import { RatioShape } from '../../ui/RatioShape';
import styles from './EditTools.module.css';
import { centredFrame, frameForRatio, isFramed, noFrame, ratioOf, type Size } from './frame';
import type { Painter } from './mask/painter';
import { maxBrush, minBrush, type Tool, toolFacts, tools } from './tools';

/** Those that most pictures are extended to. */
const ratios = ['1:1', '4:3', '3:4', '16:9', '9:16'] as const satisfies AspectRatio[];
/** Part of the picture's shorter side by which one press softens the edges. */
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
    <div className={styles['tools']} role="toolbar" aria-label="Tools">
      <div className={styles['group']}>
        {tools.map((each) => {
          const { name, icon, key, hint } = toolFacts[each];
          return (
            <QuietButton
              key={each}
              icon={icon}
              label={name}
              title={`${hint} (${key})`}
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
            label="Soften the edges"
            disabled={!hasMark}
            onClick={() => painter.feather(radius)}
          />
          <IconButton icon={Contrast} label="Invert (I)" onClick={painter.invert} />
          <IconButton icon={SquareX} label="Clear the mask" disabled={!hasMark} onClick={painter.clear} />
        </div>
      )}
    </div>
  );
}

/** The slider's steps are even to the eye: each makes the brush larger by the same factor. */
function BrushSize({ size, brush, onBrush, tool }: Props) {
  const pixels = Math.max(1, Math.round(2 * brush * Math.min(size.width, size.height)));
  return (
    <label className={styles['size']}>
      <span className={styles['label']}>Size</span>
      <input
        type="range"
        aria-label="Brush size"
        aria-valuetext={`${pixels} pixels`}
        title="Brush size ([ and ], or the wheel with Alt)"
        min={0}
        max={100}
        step="any"
        disabled={tool !== 'brush' && tool !== 'eraser'}
        value={(100 * Math.log(brush / minBrush)) / Math.log(maxBrush / minBrush)}
        onChange={(event) => onBrush(minBrush * (maxBrush / minBrush) ** (Number(event.target.value) / 100))}
      />
      <span className={styles['figure']}>{pixels} px</span>
    </label>
  );
}

function Ratios({ size, frame, onFrame }: Props) {
  const apply = (next: Frame) => onFrame(next, true);
  return (
    <fieldset className={styles['group']} aria-label="Shape">
      {ratios.map((ratio) => (
        <button
          key={ratio}
          type="button"
          className={styles['ratio']}
          aria-label={`Extend to ${ratio}, ${shapeName(ratio).toLowerCase()}`}
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
        title="Put the picture into the middle"
        disabled={!isFramed(frame)}
        onClick={() => apply(centredFrame(frame))}
      >
        Centre
      </button>
      <button
        type="button"
        className={styles['ratio']}
        title="Make it as large as it was"
        disabled={!isFramed(frame)}
        onClick={() => apply(noFrame)}
      >
        Reset
      </button>
    </fieldset>
  );
}
