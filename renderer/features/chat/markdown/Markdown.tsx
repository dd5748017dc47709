// A model's words: Markdown without raw HTML and without pictures from elsewhere, parsed block by block.
import { memo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { blocksOf, calm, isTooMuch } from './blocks';
import { CodeBlock } from './CodeBlock';
import { Link } from './Link';
import styles from './Markdown.module.css';

const plugins = [remarkGfm];

const components: Components = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  // The page may load pictures from nowhere else; what it would have shown is said in words.
  img: ({ alt }) => <span>{alt}</span>,
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
  table: ({ children }) => (
    <div className={styles['table']}>
      <table>{children}</table>
    </div>
  ),
};

type Props = { text: string; isComing: boolean };

export function Markdown({ text, isComing }: Props) {
  const blocks = blocksOf(text);
  return (
    <div className={styles['markdown']} dir="auto">
      {blocks.map((block, index) => (
        // A block's place is its identity: text only ever grows at its end.
        <Block key={index} text={isComing && index === blocks.length - 1 ? calm(block) : block} />
      ))}
    </div>
  );
}

const Block = memo(function Block({ text }: { text: string }) {
  if (isTooMuch(text)) return <p className={styles['plain']}>{text}</p>;
  return (
    <ReactMarkdown remarkPlugins={plugins} components={components}>
      {text}
    </ReactMarkdown>
  );
});
