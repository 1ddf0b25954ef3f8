// Exit code 0 while the server in this container is alive: a process that is about to end, or whose database is away, is not to be killed for it.
const answer = await fetch(`http://127.0.0.1:${process.env['PORT'] ?? '8080'}/api/v1/health`, { signal: AbortSignal.timeout(4_000) }).catch(() => null)
process.exit(answer?.ok === true ? 0 : 1)
