import type { Group } from './runner/benchmark.ts'
import { client } from './client/client.ts'
import { desk } from './desk/desk.ts'
import { lighthouse } from './lighthouse/lighthouse.ts'
import { million } from './million/million.ts'
import { report } from './report/report.ts'
import { server } from './server/server.ts'
import { wire } from './wire/wire.ts'
import { volunteer } from './volunteer/volunteer.ts'

/** In the order in which they run and stand in the table. A new group is a folder and a line here. */
export const groups: readonly Group[] = [server, wire, desk, million, volunteer, client, lighthouse, report]
