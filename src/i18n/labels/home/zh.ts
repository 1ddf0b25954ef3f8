import type { HomeLabels } from '#i18n/labels.ts'

/** The labels that the first screen shows, in Chinese (simplified). */
export const homeLabels: HomeLabels = {
  topic: { EDU: '教育与学习', ECC: '幼儿与照护', HEA: '健康', MHP: '心理健康与福祉', FSC: '粮食与营养', WSH: '水与卫生', LIV: '工作与收入', SHL: '住房与家用物品', PRO: '安全与免遭暴力', SOC: '孤立、污名与歧视', INF: '信息、谣言与网络接入', CUL: '文化、艺术与遗产', ENV: '环境与科学', DIS: '流离失所与移徙', MOB: '交通与服务获取', GOV: '权利与参与', OTH: '其他' },
  kind: { challenge: '挑战', action: '行动' },
}
