/** Done, and nothing to read. */
export function isDone(response: { readonly status: number }): true | null {
  return response.status === 204 ? true : null
}
