/** What goes on its way together: each piece is handed on by itself through stream, compression and socket. */
const pieceLength = 16_384

/** Short texts joined to longer ones. The first goes alone: who waits sees that something comes. */
export async function* inPieces(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let [piece, enough] = ['', 1]
  for await (const text of texts) {
    piece += text
    if (piece.length < enough) continue
    yield piece
    ;[piece, enough] = ['', pieceLength]
  }
  if (piece !== '') yield piece
}
