import type { HomeLabels } from '#i18n/labels.ts'

/** The labels that the first screen shows, in Arabic. */
export const homeLabels: HomeLabels = {
  topic: { EDU: 'التعليم والتعلّم', ECC: 'الطفولة المبكرة والرعاية', HEA: 'الصحة', MHP: 'الصحة النفسية والرفاه', FSC: 'الغذاء والتغذية', WSH: 'المياه والصرف الصحي والنظافة', LIV: 'العمل والدخل', SHL: 'السكن والمستلزمات المنزلية', PRO: 'السلامة والحماية من العنف', SOC: 'العزلة والوصم والتمييز', INF: 'المعلومات والشائعات والوصول إلى الإنترنت', CUL: 'الثقافة والفنون والتراث', ENV: 'البيئة والعلوم', DIS: 'النزوح والهجرة', MOB: 'النقل والوصول إلى الخدمات', GOV: 'الحقوق والمشاركة', OTH: 'أخرى' },
  kind: { challenge: 'تحدٍّ', action: 'مبادرة' },
}
