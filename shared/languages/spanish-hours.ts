// In Spanish, one o'clock is singular: "a la 1:05", but "a las 2:05". The hour is known only when the message is formatted.

const articleOfTime = /\blas (?=\{(\w+), time\b)/g;

/** Returns a message such as “a las {at, time, ::jjmm}” with the article of the hour. Times are UTC milliseconds. */
export function withArticleOfHour(message: string, values: Readonly<Record<string, unknown>>): string {
  return message.replace(articleOfTime, (article, name: string) => {
    const at = values[name];
    return typeof at === 'number' && new Date(at).getHours() === 1 ? 'la ' : article;
  });
}
