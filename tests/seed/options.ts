// Parses the options of `npm run seed` and explains invalid ones.
import path from 'node:path';
import { parseArgs } from 'node:util';

export type SeedOptions = {
  dataFolder: string;
  /** Rows of the gallery, including Trash. */
  pictures: number;
  /** Rows of all conversations: texts and pictures. */
  messages: number;
  /** How many of the messages are in one long conversation, which was used last. */
  longest: number;
  /** How many different pictures are painted; rows share them through hard links. */
  files: number;
  /** Whether each picture has a recipe file, as the app writes it. */
  recipes: boolean;
  /** Whether a fifth of the pictures are in stacks of near duplicates. */
  stacks: boolean;
  seed: number;
};

const maxNumber = 5_000_000;
const defaults = { pictures: 1_000, messages: 1_000, files: 2_000, seed: 1 };

/** An invalid option. The message is shown to the user. */
export class BadOption extends Error {
  override readonly name = 'BadOption';
}

/**
 * @param args the command-line arguments after the script's name.
 * @param dataDir the value of AFTERIMAGE_DATA_DIR.
 * @throws BadOption
 */
export function readOptions(args: readonly string[], dataDir: string | undefined): SeedOptions {
  const values = parse(args);
  if (!dataDir?.trim())
    throw new BadOption(
      'Set AFTERIMAGE_DATA_DIR to the folder to fill, such as: AFTERIMAGE_DATA_DIR=/tmp/seeded npm run seed -- --pictures 1000 --messages 1000',
    );
  const pictures = wholeNumber('pictures', values.pictures, 0) ?? defaults.pictures;
  const messages = wholeNumber('messages', values.messages, 0) ?? defaults.messages;
  if (pictures + messages === 0)
    throw new BadOption('There is nothing to do: --pictures and --messages are 0.');
  return {
    dataFolder: path.resolve(dataDir.trim()),
    pictures,
    messages,
    longest: Math.min(messages, wholeNumber('longest', values.longest, 0) ?? Math.ceil(messages / 5)),
    files: Math.min(pictures, wholeNumber('files', values.files, 1) ?? defaults.files),
    recipes: values.recipes ?? false,
    stacks: values.stacks ?? false,
    seed: wholeNumber('seed', values.seed, 0) ?? defaults.seed,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        pictures: { type: 'string' },
        messages: { type: 'string' },
        longest: { type: 'string' },
        files: { type: 'string' },
        seed: { type: 'string' },
        recipes: { type: 'boolean' },
        stacks: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new BadOption(
      `${error instanceof Error ? error.message : String(error)}\nThe options: --pictures N, --messages N, --longest N, --files N, --seed N, --recipes, --stacks.`,
    );
  }
}

function wholeNumber(name: string, text: string | undefined, min: number): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= maxNumber) return number;
  throw new BadOption(`--${name} must be a whole number from ${min} to ${maxNumber}, not "${text}".`);
}
