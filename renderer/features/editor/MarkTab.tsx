// The tab in which the user marks the part to change, describes the change, and sends it to a model.

import { Redo2, Undo2 } from 'lucide-react';
import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { framedSize } from '../../../shared/domain/edits';
import { partSupportOf } from '../../../shared/domain/part-support';
import { t } from '../../../shared/languages/translate';
import { useZoom } from '../../picture/lightbox/use-zoom';
import { ZoomButtons } from '../../picture/lightbox/ZoomButtons';
import { fitted, type Zoom } from '../../picture/lightbox/zoom';
import { useChosenProvider } from '../../state/composer/chosen-provider';
import { IconButton } from '../../ui/IconButton';
import { QuietButton } from '../../ui/QuietButton';
import { ComposerRow, type EditorSlots } from './ComposerRow';
import { EditStage, type StageControl } from './EditStage';
import { EditTools } from './EditTools';
import { isFramed, shapeOfSize } from './frame';
import { handleKey } from './mark-keys';
import { placeholderFor, statusText, supportNote, wordlessText } from './mark-text';
import type { EditSession } from './open-session';
import places from './places.module.css';
import type { TabKeys } from './tab-keys';
import { steppedBrush, type Tool } from './tools';
import { useWork } from './use-work';

/** Padding around a fitted picture (CSS pixels). Extending needs more, because the edges are dragged outwards. */
const [paddingPx, extendPaddingPx] = [24, 72];

type Props = EditorSlots & {
  session: EditSession;
  keys: RefObject<TabKeys | null>;
  onLeave: () => void;
};

export function MarkTab({ session, keys, onLeave, ...slots }: Props) {
  const { image, painter } = session;
  const work = useWork(session, onLeave);
  const { state, words, setWords, frame, fittedFrame, setFrame, brush, setBrush } = work;
  const [tool, setTool] = useState<Tool>('brush');
  const [zoom, setZoom] = useState<Zoom>(fitted);
  const stage = useRef<HTMLDivElement>(null);
  const stageControl = useRef<StageControl>(null);
  const padding = tool === 'extend' ? extendPaddingPx : paddingPx;
  const zoomControl = useZoom(
    stage,
    framedSize(image, fittedFrame),
    [zoom, setZoom],
    { x: padding, y: padding },
    'wheel',
  );
  const provider = useChosenProvider();
  const support = partSupportOf(provider.id, provider.pictureModel);
  const hasMark = state.coverage > 0;
  const wordless = wordlessText(support, image, hasMark);
  const isEnough = words.trim() !== '' || (wordless !== null && (isFramed(frame) || hasMark));
  const canApply = support !== 'none' && !work.isSending && isEnough;
  const apply = () => void (canApply && work.apply(wordless));

  useEffect(() => stageControl.current?.focus(), []);
  useImperativeHandle(keys, () => ({
    onKey: (event) =>
      handleKey(event, {
        ...{ painter, apply, setTool, zoomByKey: zoomControl.onKey },
        stepBrush: (steps) => setBrush(steppedBrush(brush, steps)),
      }),
    cancel: () => stageControl.current?.cancel() ?? false,
  }));

  return (
    <>
      <div className={places['actions']}>
        <IconButton
          isRepeatable
          icon={Undo2}
          label={t('editor.undo')}
          disabled={!state.canUndo}
          onClick={painter.undo}
        />
        <IconButton
          isRepeatable
          icon={Redo2}
          label={t('editor.redo')}
          disabled={!state.canRedo}
          onClick={painter.redo}
        />
        <span className={places['gap']} />
        <ZoomButtons zoom={zoom} sizes={zoomControl.sizes} onZoom={zoomControl.change} />
        <span className={places['gap']} />
        {/* No bin icon, which would suggest deleting the picture. */}
        <QuietButton
          label={t('editor.discard')}
          title={t('editor.discard_hint')}
          disabled={!hasMark && !isFramed(frame) && words === ''}
          onClick={() => void work.discard()}
        />
      </div>
      <div className={places['tools']}>
        <EditTools
          size={image}
          {...{ tool, brush, painter, hasMark, frame }}
          onTool={setTool}
          onBrush={setBrush}
          onFrame={setFrame}
        />
      </div>
      <div className={places['stage']}>
        <EditStage
          {...{ image, painter, stage, tool, brush, frame, fittedFrame }}
          zoom={zoomControl}
          onBrush={(steps) => setBrush(steppedBrush(brush, steps))}
          onFrame={setFrame}
          control={stageControl}
        />
      </div>
      <div className={places['dock']}>
        <ComposerRow
          {...slots}
          words={words}
          onWords={setWords}
          placeholder={placeholderFor(hasMark, isFramed(frame), wordless === null)}
          status={statusText(state.coverage, image, frame)}
          note={supportNote(support, hasMark, isFramed(frame))}
          shape={shapeOfSize(framedSize(image, frame))}
          canApply={canApply}
          onApply={apply}
          focusStage={() => stageControl.current?.focus()}
        />
      </div>
    </>
  );
}
