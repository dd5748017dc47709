// Accepts files that are dropped anywhere in the window: the chat attaches them, every other view imports them.
// An element with `data-takes-files` takes them itself.

import { ImageDown, ImagePlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '../../../shared/languages/translate';
import { useView } from '../../state/navigation';
import { DropFrame } from '../../ui/DropFrame';
import { attachToChat, importFiles } from './import-files';

export function DropOverlay() {
  const [isOver, setIsOver] = useState(false);
  const isChat = useView((state) => state.view === 'chat');

  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

    const isTaken = ({ target }: DragEvent) =>
      target instanceof Element && target.closest('[data-takes-files]') !== null;

    function onDragOver(event: DragEvent): void {
      if (!carriesFiles(event)) return;
      if (isTaken(event)) return void setIsOver(false);
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      setIsOver(true);
    }
    function onDragLeave(event: DragEvent): void {
      // relatedTarget is null when the pointer leaves the window.
      if (event.relatedTarget === null) setIsOver(false);
    }
    function onDrop(event: DragEvent): void {
      setIsOver(false);
      if (!carriesFiles(event) || isTaken(event)) return;
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      // Read now: the items of a drop are gone after its event.
      const hasFolder = [...(event.dataTransfer?.items ?? [])].some(
        (item) => item.webkitGetAsEntry()?.isDirectory,
      );
      if (useView.getState().view === 'chat' && !hasFolder) void attachToChat(files);
      else void importFiles(files);
    }

    window.addEventListener('dragenter', onDragOver);
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', onDragOver);
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);

  if (!isOver) return null;
  return isChat ? (
    <DropFrame icon={ImagePlus} text={t('import.drop_to_attach')} />
  ) : (
    <DropFrame icon={ImageDown} text={t('import.drop_to_import')} />
  );
}
