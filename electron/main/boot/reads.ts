// Collects every room's reads that run on the reader thread.
import { conversationReads } from '../chat/conversation-reads';
import { styleReads } from '../config/style-reads';
import { collectionReads } from '../gallery/collection-reads';
import { galleryReads } from '../gallery/gallery-reads';
import { usageReads } from '../generation/usage-reads';
import { storageReads } from '../storage/storage-reads';
import { diagnosticsReads } from './diagnostics-reads';

export const reads = {
  ...collectionReads,
  ...conversationReads,
  ...diagnosticsReads,
  ...galleryReads,
  ...storageReads,
  ...styleReads,
  ...usageReads,
};
