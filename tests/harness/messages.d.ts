import type { NewMessage, PictureMessage, TextMessage } from '../../shared/domain/conversations';
/** Returns a picture as it is inserted: one of the offline painter that waits to be made. */
export declare function newPictureMessage(
  changes?: Partial<NewMessage<PictureMessage>>,
): NewMessage<PictureMessage>;
/** Returns a text as it is inserted: one of the user. */
export declare function newTextMessage(changes?: Partial<NewMessage<TextMessage>>): NewMessage<TextMessage>;
/** Returns a stored picture, which is ready. */
export declare function pictureMessage(changes?: Partial<PictureMessage>): PictureMessage;
/** Returns a stored text of the user. */
export declare function textMessage(changes?: Partial<TextMessage>): TextMessage;
