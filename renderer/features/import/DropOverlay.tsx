// Accepts files that are dropped anywhere in the window: the chat attaches them, every other view imports them.
// An element with `data-takes-files` handles dropped files itself.

import { ImageDown, ImageOff, ImagePlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '../../../shared/languages/translate';
import { useView } from '../../state/navigation';
import { DropFrame } from '../../ui/DropFrame';
import { attachToChat, importFiles } from './import-files';

export function DropOverlay() {
  const [over, setOver] = useState<'nothing' | 'pictures' | 'others'>('nothing');
  const isChat = useView((state) => state.view === 'chat');

  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

    const isTaken = ({ target }: DragEvent) =>
      target instanceof Element && target.closest('[data-takes-files]') !== null;

    function onDragOver(event: DragEvent): void {
      if (!carriesFiles(event)) return;
      if (isTaken(event)) return void setOver('nothing');
      event.preventDefault();
      const canTake = mayBePictures(event.dataTransfer);
      if (event.dataTransfer) event.dataTransfer.dropEffect = canTake ? 'copy' : 'none';
      setOver(canTake ? 'pictures' : 'others');
    }
    function onDragLeave(event: DragEvent): void {
      // relatedTarget is null when the pointer leaves the window.
      if (event.relatedTarget === null) setOver('nothing');
    }
    function onDrop(event: DragEvent): void {
      setOver('nothing');
      if (!carriesFiles(event) || isTaken(event)) return;
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      // Read synchronously, because the items of a drop are not available after its event.
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

  if (over === 'nothing') return null;
  if (over === 'others') {
    return (
      <DropFrame isRefused icon={ImageOff} text={t('import.drop_refused')} note={t('import.drop_formats')} />
    );
  }
  return isChat ? (
    <DropFrame icon={ImagePlus} text={t('import.drop_to_attach')} note={t('import.drop_to_attach_note')} />
  ) : (
    <DropFrame icon={ImageDown} text={t('import.drop_to_import')} note={t('import.drop_to_import_note')} />
  );
}

/** Folders, and pictures of formats that the system does not know, have no type. */
function mayBePictures(data: DataTransfer | null): boolean {
  const files = [...(data?.items ?? [])].filter(({ kind }) => kind === 'file');
  return files.length === 0 || files.some(({ type }) => type === '' || type.startsWith('image/'));
}
