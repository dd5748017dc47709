// Accepts files that are dropped anywhere in the window.
import { ImageDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import styles from './DropOverlay.module.css';
import { bringIn } from './import-files';

export function DropOverlay() {
  const [isOver, setIsOver] = useState(false);

  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

    function onDragOver(event: DragEvent): void {
      if (!carriesFiles(event)) return;
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
      if (!carriesFiles(event)) return;
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) void bringIn(files);
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
  return (
    <div className={styles['overlay']} data-testid="drop-overlay">
      <div className={styles['frame']}>
        <ImageDown size={18} strokeWidth={1.75} aria-hidden />
        <p>Drop to import pictures</p>
      </div>
    </div>
  );
}
