/**
 * The rows of this database are made by a Terrain of another version, which was started beside this process: what this one would still write would stay as its version makes it, for
 * good, and show what the other holds back. Nothing is wrong with the request: it may be asked of the other one.
 */
export class OutdatedProcess extends Error {
  constructor() {
    super('a Terrain of another version has been started on this database: end this process')
  }
}
