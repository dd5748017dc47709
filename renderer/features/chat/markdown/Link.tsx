// A link of an answer. It opens in the user's browser, if it is a web address.

import type { ReactNode } from 'react';
import { openLink } from '../../../state/open-link';
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
        void openLink(url);
      }}
    >
      {children}
    </a>
  );
}
