/** What several streams give, one after the other; the next one is asked for its first while one is read. */
export async function* oneAhead<Q, T>(
  questions: readonly Q[],
  ask: (question: Q) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  const begin = (question: Q) => {
    const stream = ask(question);
    const first = stream.next();
    // What goes wrong is told when it is waited for.
    first.catch(() => undefined);
    return { stream, first };
  };
  let ahead = questions.length > 0 ? begin(questions[0]!) : undefined;
  try {
    for (let i = 1; ahead; i++) {
      const { stream, first } = ahead;
      ahead = i < questions.length ? begin(questions[i]!) : undefined;
      try {
        for (let one = await first; !one.done; one = await stream.next()) yield one.value;
      } finally {
        await stream.return(undefined);
      }
    }
  } finally {
    await ahead?.stream.return(undefined);
  }
}
