/** The lines of a body as they arrive, without their ends. */
export async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    while (true) {
      const {done, value} = await reader.read();
      if (done) {
        return; // an unfinished line is no line
      }
      const parts = (rest + decoder.decode(value, {stream: true})).split(/\r?\n/);
      rest = parts.pop() ?? '';
      yield* parts;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
