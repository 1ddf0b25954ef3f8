import type { ActionType, SourceType, Topic } from '#domain/codes/code-lists.ts'
import { activitySigns } from '#ui/icon/activity-signs.ts'
import type { Drawing } from '#ui/icon/icon.tsx'
import { topicSigns } from '#ui/icon/topic-signs.ts'

export const topicIcon = (topic: Topic): Drawing => ({ drawing: topicSigns[`topic-${topic}`] })
export const actionTypeIcon = (type: ActionType): Drawing => ({ drawing: activitySigns[`action-${type}`] })
export const sourceIcon = (source: SourceType): Drawing => ({ drawing: activitySigns[`source-${source}`] })
