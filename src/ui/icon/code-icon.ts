import type { ActionType, SourceType, Topic } from '#domain/codes/code-lists.ts'
import type { ActivitySign } from '#ui/icon/activity-signs.ts'
import type { TopicSign } from '#ui/icon/topic-signs.ts'

export const topicIcon = (topic: Topic): TopicSign => `topic-${topic}`
export const actionTypeIcon = (type: ActionType): ActivitySign => `action-${type}`
export const sourceIcon = (source: SourceType): ActivitySign => `source-${source}`
