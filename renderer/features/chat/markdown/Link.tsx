// A link of an answer. It opens in the user's browser, if it is a web address.

import type { ReactNode } from 'react';
import { request } from '../../../ipc';
import { toast } from '../../../ui/toasts';
import { webAddress } from './web-address';

export function Link({ href, children }: { href: string | undefined; children: ReactNode }) {
  const url = webAddress(href);
  // Without a web address only the text is shown.
  if (url === null) return <span>{children}</span>;
  return (
    <a
      href={url}
      title={url}
      onClick={(event) => {
        event.preventDefault();
        void open(url);
      }}
    >
      {children}
    </a>
  );
}

async function open(url: string): Promise<void> {
  const reply = await request('links:open', { url });
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}
