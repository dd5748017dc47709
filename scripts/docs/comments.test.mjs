// A comment that names a file or a decision must name one that exists.
import { describe, expect, test } from 'vitest';
import { commentsOf, decisionsIn, files, filesInComment, isDecision, isFile, read } from './repository.mjs';

const commented = files.filter((file) => /\.(tsx?|[mc]?js|css|html|sql|ya?ml)$/.test(file));
const comments = commented.flatMap((file) =>
  commentsOf(file, read(file)).map((comment) => ({ file, comment })),
);

test('comments name files that exist', () => {
  const named = comments.flatMap(({ file, comment }) =>
    filesInComment(comment).map((name) => ({ file, name })),
  );
  expect(named.length).toBeGreaterThan(100);
  expect(named.filter(({ name }) => !isFile(name))).toEqual([]);
});

test('comments name decisions that exist', () => {
  const named = comments.flatMap(({ file, comment }) =>
    decisionsIn(comment).map((number) => ({ file, number })),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ number }) => !isDecision(number))).toEqual([]);
});

describe('commentsOf', () => {
  test.each([
    ['a.ts', "const a = '// no.ts';\n// one.ts\n/** two.ts */", ['one.ts', 'two.ts']],
    ['a.tsx', '<p>// no.ts</p>;\n{/* one.ts */}', ['one.ts']],
    ['a.css', 'a { b: c; } /* one.css */', ['one.css']],
    ['a.html', '<p>no.html</p><!-- one.html -->', ['one.html']],
    ['a.sql', "-- one.sql\nSELECT 'no.sql'", ['one.sql']],
    ['a.yml', '# one.yml\na: no.yml', ['one.yml']],
  ])('reads the comments of %s only', (file, source, expected) => {
    expect(commentsOf(file, source).flatMap(filesInComment)).toEqual(expected);
  });
});

test('finds names in sentences, and none in addresses', () => {
  expect(
    filesInComment('See a-b.ts, `c/d.tsx` and (e.mjs). Not https://a.org/f.html or a.b or 1.5.'),
  ).toEqual(['a-b.ts', 'c/d.tsx', 'e.mjs']);
});

test('finds every number of a decision, also on the next line', () => {
  const [comment] = commentsOf('a.ts', '// See\n// docs/decisions/018 and 042.');
  expect(decisionsIn(comment)).toEqual(['018', '042']);
  expect(decisionsIn('Decision 006; decisions/016-adding-a-service.md; 300 decisions; decision 5')).toEqual([
    '006',
    '016',
  ]);
});
