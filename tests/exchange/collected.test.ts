import { expect, it } from 'vitest'
import { guessPlan } from '#exchange/guess-plan.ts'
import { readTable } from '#exchange/table.ts'

/** The names of the columns that were guessed, by field. */
const guessed = (csv: string, kind: 'challenge' | 'action' = 'challenge') => {
  const table = readTable(csv)
  return Object.fromEntries(Object.entries(guessPlan(table, { kind, labelOf: (_field, code) => code }).columns).map(([field, index]) => [field, table.headers[index]]))
}

const id = '0d299cf7-2b02-460e-aba5-3b295170b69e'

it('[EX820] columns of KoboToolbox go by their questions, not by their groups, answers and minutes', () => {
  const file = `start,end,what/note,what/date_seen,where/country,where/adm1,where/village,_gps_latitude,_gps_longitude,what/text,what/who,what/who/village_leaders,what/who/NGO staff,what/org_name,what/affected_people,_id,_uuid,_submission_time,_status
2026-03-01T08:00:00.000+01:00,2026-03-01T08:10:00.000+01:00,,2026-02-27,Mali,Mopti,Sevare,14.52,-4.09,The well is dry.,village_leaders,1,0,Dlo,1200,1,${id},2026-03-01T08:20:00,submitted_via_web
`
  const place = { country: 'where/country', adm1Name: 'where/adm1', placeName: 'where/village', lat: '_gps_latitude', lon: '_gps_longitude', observedOn: 'what/date_seen', description: 'what/text' }
  expect([guessed(file), guessed(file, 'action')]).toEqual([{ ...place, affectedMin: 'what/affected_people' }, { ...place, orgName: 'what/org_name' }])
})

it('[EX820] so do those of ODK Central and of Epicollect5', () => {
  const central = `SubmissionDate,start,end,today,place-country,place-adm1,place-village,place-gps-Latitude,place-gps-Longitude,description,meta-instanceID,KEY
2026-03-01T08:20:00.000Z,2026-03-01T08:00:00.000+01:00,2026-03-01T08:10:00.000+01:00,2026-03-01,Mali,Mopti,Sevare,14.52,-4.09,The well is dry.,uuid:${id},uuid:${id}
`
  const epicollect = `ec5_uuid,created_at,uploaded_at,title,1_Date,2_Country,lat_3_Where,long_3_Where,4_Village,5_What_is_the_problem
${id},2026-03-01T12:00:00.000Z,2026-03-01T12:00:00.000Z,Sevare,01/03/2026,Mali,14.52,-4.09,Sevare,The well is dry.
`
  expect([guessed(central), guessed(epicollect)]).toEqual([
    { observedOn: 'today', country: 'place-country', adm1Name: 'place-adm1', placeName: 'place-village', lat: 'place-gps-Latitude', lon: 'place-gps-Longitude', description: 'description' },
    { observedOn: '1_Date', country: '2_Country', placeName: '4_Village', lat: 'lat_3_Where', lon: 'long_3_Where', description: '5_What_is_the_problem' },
  ])
})

it('[EX821] a latitude of Ushahidi is no place, an empty column no description, and a unit of DHIS2 no organisation that acts', () => {
  const ushahidi = 'Post ID,Unstructured Description,Title,Description,Location.lat,Location.lon,How long,Date\n12,,Dry well,The well is dry.,14.52,-4.09,two weeks,2026-03-01\n'
  const dhis = 'Event,Event date,Longitude,Latitude,Organisation unit name,Organisation unit code,Problem description,Start date,End_date\na1,2026-03-01 00:00:00.0,-4.09,14.52,Sevare,ML01,The well is dry.,2026-03-01,2026-03-02\n'
  expect([guessed(ushahidi), guessed(dhis, 'action')]).toEqual([
    { observedOn: 'Date', lat: 'Location.lat', lon: 'Location.lon', description: 'Description' },
    { observedOn: 'Event date', lat: 'Latitude', lon: 'Longitude', placeName: 'Organisation unit name', description: 'Problem description', startOn: 'Start date', endOn: 'End_date' },
  ])
})

it('[EX820] a point in one cell is the name of no place', () => {
  const file = (point: string) => `date,location,_location_latitude,_location_longitude,description,_uuid\n2026-03-01,${point},14.523456,-4.092345,The well is dry.,${id}\n2026-03-02,,,,The well is dry.,${id}\n`
  expect([guessed(file('14.523456 -4.092345 270.1 4.5')).placeName, guessed(file('Sevare')).placeName]).toEqual([undefined, 'location'])
})
