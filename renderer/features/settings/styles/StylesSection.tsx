// The user's styles and the built-in ones: adding, changing, importing and exporting them.
import { Copy, Download, EyeOff, Plus, Upload } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { decodeStyleFile, maxStyleFileBytes, readStyleFile } from '../../../../shared/domain/style-files';
import { maxStyles, starterNames } from '../../../../shared/domain/styles';
import { say } from '../../../../shared/languages/sentence';
import { t } from '../../../../shared/languages/translate';
import { useSettings } from '../../../state/settings/settings-store';
import { useStyleEditor } from '../../../state/styles/style-editor';
import { starterEntry } from '../../../state/styles/style-entries';
import { hasRoom, setStarterHidden, useStyles } from '../../../state/styles/styles-store';
import { Button } from '../../../ui/Button';
import { FileField } from '../../../ui/FileField';
import { formatBytes } from '../../../ui/format';
import { IconButton } from '../../../ui/IconButton';
import { reorderKeys } from '../../../ui/use-reorder';
import { Setting } from '../Choice';
import { type FoundFile, ImportStyles } from './ImportStyles';
import { OwnStyles } from './OwnStyles';
import styles from './StylesSection.module.css';
import { StyleTexts } from './StyleTexts';

export function StylesSection() {
  const own = useStyles((state) => state.own);
  const isLoaded = useStyles((state) => state.isLoaded);
  const { load, exportAll } = useStyles.getState();
  const [found, setFound] = useState<FoundFile | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const isFull = !hasRoom(own);

  useEffect(() => void load(), [load]);

  async function read(file: File | undefined): Promise<void> {
    if (!file) return;
    const result = await readFile(file);
    setProblem('problem' in result ? t('styles.file_problem', { file: file.name, ...result }) : null);
    if (!('problem' in result)) setFound({ file: file.name, ...result });
  }

  return (
    <>
      <Setting id="styles" title={t('styles.own')}>
        <p className={styles['note']}>
          {t('styles.note', { prompt: '{prompt}', variable: `{{${t('styles.example_variable')}}}` })}
        </p>
        <div className={styles['actions']}>
          <Button disabled={isFull} onClick={() => useStyleEditor.getState().create()}>
            <Plus size={16} strokeWidth={1.75} aria-hidden /> {t('styles.new')}
          </Button>
          <Button disabled={isFull} onClick={() => picker.current?.click()}>
            <Download size={16} strokeWidth={1.75} aria-hidden /> {t('styles.import')}
          </Button>
          <Button disabled={own.length === 0} onClick={() => void exportAll()}>
            <Upload size={16} strokeWidth={1.75} aria-hidden /> {t('styles.export')}
          </Button>
          <FileField
            field={picker}
            accept=".json,.csv,application/json,text/csv"
            isSingle
            data-testid="style-file"
            onFiles={([file]) => void read(file)}
          />
        </div>
        {problem !== null && (
          <p className={styles['problem']} role="alert">
            {problem}
          </p>
        )}
        {isFull && <p className={styles['note']}>{t('styles.full', { max: maxStyles })}</p>}
        {isLoaded && own.length === 0 && <p className={styles['empty']}>{t('styles.empty')}</p>}
        {own.length > 0 && (
          <>
            {own.length > 1 && (
              <p className={styles['note']}>{t('styles.order_note', { keys: reorderKeys() })}</p>
            )}
            <OwnStyles own={own} isFull={isFull} />
          </>
        )}
      </Setting>
      <Starters isFull={isFull} />
      {found && <ImportStyles found={found} own={own} onClose={() => setFound(null)} />}
    </>
  );
}

function Starters({ isFull }: { isFull: boolean }) {
  const hidden = useSettings(({ settings }) => settings.hiddenStarters);
  const change = useSettings((state) => state.change);
  const { duplicate } = useStyles.getState();
  const shown = starterNames.filter((name) => !hidden.includes(name));
  return (
    <Setting id="starterStyles" title={t('styles.starters')}>
      <p className={styles['note']}>{t('styles.starters_note')}</p>
      {shown.length > 0 && (
        <ul className={styles['list']} aria-label={t('styles.starters')}>
          {shown.map(starterEntry).map((style) => (
            <li key={style.id} className={styles['row']}>
              <span className={styles['open']}>
                <StyleTexts style={style} />
              </span>
              <IconButton
                icon={Copy}
                size={16}
                label={t('styles.duplicate_named', { name: style.name })}
                disabled={isFull}
                onClick={() => void duplicate(style)}
              />
              <IconButton
                icon={EyeOff}
                size={16}
                label={t('styles.hide_named', { name: style.name })}
                onClick={() => style.starter && void setStarterHidden(style.starter, true)}
              />
            </li>
          ))}
        </ul>
      )}
      {hidden.length > 0 && (
        <div>
          <Button onClick={() => void change({ hiddenStarters: [] })}>
            {t('styles.show_hidden', { count: hidden.length })}
          </Button>
        </div>
      )}
    </Setting>
  );
}

async function readFile(file: File): Promise<Omit<FoundFile, 'file'> | { problem: string }> {
  // Does not read a large file, because it would fill the memory.
  if (file.size > maxStyleFileBytes) {
    return { problem: t('styles.file_too_large', { max: formatBytes(maxStyleFileBytes) }) };
  }
  const bytes = await file.arrayBuffer().catch(() => null);
  if (bytes === null) return { problem: t('styles.file_unreadable') };
  const text = decodeStyleFile(new Uint8Array(bytes));
  if (text === null) return { problem: t('styles.file_not_utf8') };
  const read = readStyleFile(text);
  return read.ok ? read : { problem: say(read.problem) };
}
