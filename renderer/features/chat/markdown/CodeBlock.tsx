// A code block of an answer. It scrolls separately and can be copied.

import { type ReactNode, useRef, useState } from 'react';
import { t } from '../../../../shared/languages/translate';
import { writeClipboard } from '../../../ui/clipboard';
import styles from './CodeBlock.module.css';

/** How long the button confirms that the code was copied (ms). */
const saidForMs = 1600;

export function CodeBlock({ children }: { children: ReactNode }) {
  const code = useRef<HTMLPreElement>(null);
  const [isCopied, setCopied] = useState(false);

  async function copy(): Promise<void> {
    if (!(await writeClipboard(code.current?.textContent ?? ''))) return;
    setCopied(true);
    setTimeout(() => setCopied(false), saidForMs);
  }

  return (
    <div className={styles['block']}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <pre ref={code} tabIndex={0}>
        {children}
      </pre>
      <button type="button" className={styles['copy']} onClick={() => void copy()}>
        {t(isCopied ? 'chat.copied' : 'chat.copy')}
      </button>
    </div>
  );
}
