import type { ActionType, SourceType } from '#domain/codes/code-lists.ts'
import { signs } from '#ui/icon/signs.ts'
import { topicSigns } from '#ui/icon/topic-signs.ts'

export type ActivitySign = `action-${ActionType}` | `source-${SourceType}`

/** What people do, and how the author knows of it. */
export const activitySigns: Readonly<Record<ActivitySign, string>> = {
  'action-distribution': 'm12 3 8.5 4.5v9L12 21l-8.5-4.5v-9zM3.5 7.5 12 12l8.5-4.5M12 12v9',
  'action-cash': 'M3 6.5h18v11H3zM14.5 12a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z|M6.3 12h.01M17.7 12h.01',
  'action-service': 'M3 14.5h3.5l3-1.5c1.5 0 2.5.5 4 1.5h3l4-2.5c1.5.5 1.3 2 .5 2.5l-6 4.5H9.5L6.5 18H3zM12 9.5C9.5 8 8.7 7 8.7 5.8c0-1.7 2.3-2.3 3.3-.6 1-1.7 3.3-1.1 3.3.6 0 1.2-.8 2.2-3.3 3.7z',
  'action-education': 'M2.5 9 12 4.5 21.5 9 12 13.5zM6.5 11v5c2.5 2.5 8.5 2.5 11 0v-5M21.5 9v6',
  'action-information': 'M4 10v4h3.5L16 18.5v-13L7.5 10zM18.5 9.5a3.5 3.5 0 0 1 0 5M7.5 14l1.5 5.5h2L9.8 15',
  'action-psychosocial': 'M12 20C6 16 3.5 12.8 3.5 9.3c0-5 6.5-6.5 8.5-1.8 2-4.7 8.5-3.2 8.5 1.8 0 3.5-2.5 6.7-8.5 10.7z',
  'action-advocacy': 'M6 21V3.5M6 4.5c4-2 7 2 12.5 0v8.5c-5.5 2-8.5-2-12.5 0',
  'action-production': 'M6.5 4h3v5h-3zM4.5 20 8 9l3.5 11M14 9.5h6.5M17.2 9.5V4M14 9.5c0 5 1 8 3.2 10.5 2.3-2.5 3.3-5.5 3.3-10.5',
  'action-coordination': 'M14.5 5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM8 18.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM21 18.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM11 7.3 6.5 16.3M13 7.3l4.5 9M8 18.5h8',
  'action-culture': topicSigns['topic-CUL'],
  'action-fundraising': 'M4 11h16l-1.5 9.5h-13zM12 8V2.5M9.5 5 12 2.5 14.5 5M9 14.5v2.5M15 14.5v2.5',
  'action-assessment': 'M6 4.5h12v16H6zM9.5 3h5v3h-5zM9 11l1.5 1.5L13 10M9 16l1.5 1.5L13 15M15 11.5h.5M15 16.5h.5',
  'action-other': signs.more,
  'source-direct_observation': 'M2.5 12C4.5 8.3 7.8 6 12 6s7.5 2.3 9.5 6c-2 3.7-5.3 6-9.5 6s-7.5-2.3-9.5-6zM15 12a3 3 0 1 1-6 0 3 3 0 0 1 6 0z',
  'source-affected_person': 'M13.2 8a3.2 3.2 0 1 1-6.4 0 3.2 3.2 0 0 1 6.4 0zM3.5 20c.4-4.2 2.8-6.3 6.5-6.3s6.1 2.1 6.5 6.3M16.5 5.5c1.5 1.5 1.5 4 0 5.5M19 3.5c2.7 2.7 2.7 7 0 9.5',
  'source-key_informant': 'M12.5 8a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0zM2.5 20.5c.4-4.5 2.7-6.7 6.5-6.7s6.1 2.2 6.5 6.7M18 4l1 2.3 2.5.2-1.9 1.7.6 2.5L18 9.4l-2.2 1.3.6-2.5-1.9-1.7 2.5-.2z',
  'source-group_discussion': 'M3 4h11v8H8l-3 2.5V12H3zM17 9h4v8.5h-2V20l-3-2.5h-6V15',
  'source-secondary': 'M4 4.5h12.5v15H6A2 2 0 0 1 4 17.5zM16.5 9H20v8.5a2 2 0 0 1-4 0M7 8.5h6.5M7 12h6.5M7 15.5h4',
  'source-rumour': 'M4 5h16v11h-9l-4.5 4v-4H4zM9.5 8.8c.5-2.3 5-2.2 5 .2 0 1.5-2.3 1.6-2.4 3|M12.1 13.8h.01',
}
