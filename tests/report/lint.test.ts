import { describe, expect, it } from 'vitest'
import { loadReport } from '#i18n/load-report.ts'
import { locales } from '#i18n/locale.ts'
import { lintSentence } from '#report/lint/lint-sentence.ts'
import { lintRules } from '#report/lint/lint-words.ts'

const rulesIn = (text: string, lang: string) => lintSentence(text, lang).map(({ rule }) => rule)

/** One sentence a rule and language, as they are written in drafts of reports. */
const claims: Readonly<Record<string, Readonly<Record<(typeof lintRules)[number], string>>>> = {
  en: { majority: 'Most families cannot pay the school.', everyone: 'Everyone lost work.', percent: '60 % of the population has no water.', situation: 'The situation is getting worse.', certainty: 'This proves the need.', adjective: 'They live in terrible shelters.', inNeed: 'Food was given to people in need.', rank: 'Ouest is the worst-hit department.' },
  fr: { majority: 'La plupart des familles ne paient plus l’école.', everyone: 'Tout le monde a perdu son travail.', percent: '60 % de la population n’a pas d’eau.', situation: 'La situation est grave.', certainty: 'Cela prouve le besoin.', adjective: 'Les abris sont dans un état épouvantable.', inNeed: 'Des vivres pour les personnes dans le besoin.', rank: 'Les départements les plus touchés sont au sud.' },
  es: { majority: 'La mayoría de las familias no paga la escuela.', everyone: 'Todo el mundo perdió su trabajo.', percent: 'El 60 % de la población no tiene agua.', situation: 'La situación es grave.', certainty: 'Esto demuestra la necesidad.', adjective: 'Viven en refugios horribles.', inNeed: 'Comida para personas necesitadas.', rank: 'Los departamentos son los más afectados.' },
  ar: { majority: 'معظم الأسر لا تدفع رسوم المدرسة.', everyone: 'فقد الجميع عملهم.', percent: '60% من السكان بلا ماء.', situation: 'الوضع خطير.', certainty: 'هذا يثبت الحاجة.', adjective: 'يعيشون في ملاجئ مروعة.', inNeed: 'وُزع الطعام على المحتاجين.', rank: 'هذه المناطق هي الأكثر تضررا.' },
  ru: { majority: 'Большинство семей не платит за школу.', everyone: 'Все люди потеряли работу.', percent: '60 % населения без воды.', situation: 'Ситуация ухудшается.', certainty: 'Это доказывает нужду.', adjective: 'Они живут в ужасных укрытиях.', inNeed: 'Еду раздали нуждающимся.', rank: 'Юг — наиболее пострадавший район.' },
  zh: { majority: '大多数家庭付不起学费。', everyone: '所有人都失去了工作。', percent: '60%的人口没有水。', situation: '局势正在恶化。', certainty: '这证明了需要。', adjective: '他们住在可怕的棚子里。', inNeed: '食物分给了需要帮助的人。', rank: '南部是受灾最严重的地区。' },
}

/** What the field says well, as the rules of the report want it: nothing in it is to be pointed at. */
const sober: Readonly<Record<string, readonly string[]>> = {
  en: ['In the places that report, lessons are sent by phone or radio (41 reports by 17 authors).', 'Of 41 reports about schools, 12 name the price of data as a reason.', 'The reports do not say how many people live there.', '12 reports say that there is a lack of water.', 'There are reports of a water shortage.'],
  fr: ['Dans les lieux qui signalent, les leçons arrivent par téléphone ou par radio (41 signalements de 17 auteurs).', 'Sur 41 signalements sur l’école, 12 citent le prix des données comme raison.', 'Dans le Massif du Nord, 6 auteurs signalent une route coupée.', '12 signalements disent qu’il manque de l’eau.'],
  es: ['En los lugares que reportan, las lecciones llegan por teléfono o radio (41 reportes de 17 autores).', 'De 41 reportes sobre la escuela, 12 nombran el precio de los datos como razón.', 'No hay reportes de Grande-Anse; de eso no se concluye nada.', '12 reportes dicen que no hay agua.'],
  ar: ['في الأماكن التي تبلغ تصل الدروس بالهاتف أو بالراديو (41 بلاغا من 17 كاتبا).', 'من 41 بلاغا عن المدرسة يذكر 12 ثمن الإنترنت سببا.', 'تصف 5 بلاغات بيوتا مدمرة.'],
  ru: ['В местах, откуда есть сообщения, уроки приходят по телефону или по радио (41 сообщение, 17 авторов).', 'Из 41 сообщения о школе в 12 причиной названа цена связи.', 'Шесть авторов сообщают, что вода приходит каждый понедельник.', 'В 12 сообщениях сказано, что не хватает воды.'],
  zh: ['在有报告的地方，课程通过电话或广播送达（17 位作者的 41 份报告）。', '关于学校的 41 份报告中，有 12 份把流量费用列为原因。', '从村里走十分钟可以到水井（3 份报告）。', '6 份报告说出生证明丢失了。', '2 份报告说无人机把药品送到处理中心。'],
}

describe('the lint of what coordinators write', () => {
  it.each(Object.entries(claims))('[RE50] in %s every kind of claim is pointed at, with the words that make it', (lang, sentences) => {
    for (const rule of lintRules) {
      const sentence = sentences[rule]
      const [hit] = lintSentence(sentence, lang).filter((one) => one.rule === rule)
      expect([sentence, hit?.rule]).toEqual([sentence, rule])
      expect(sentence.slice(hit?.start, hit?.end).trim().length).toBeGreaterThan(1)
      expect([hit?.why.say, hit?.instead.say]).toEqual([`report.lint.${rule}.why`, `report.lint.${rule}.instead`])
    }
  })

  it.each(Object.entries(sober))('[RE51] in %s sentences as the field writes them are left alone', (lang, sentences) => {
    expect(sentences.flatMap((sentence) => lintSentence(sentence, lang).map(({ start, end }) => sentence.slice(start, end)))).toEqual([])
  })

  it.each(locales)('[RE51] what the report says by itself of the field passes the lint in %s', async (locale) => {
    const messages = Object.entries(await loadReport(locale)).filter(([key]) => /^report\.(?:highlight|change|standing|tile|question|silence\.(?:areas|groups|topics|weeks|meaning))/.test(key))
    expect(messages.flatMap(([key, message]) => lintSentence(message, locale).map(({ start, end }) => `${key}: ${message.slice(start, end)}`))).toEqual([])
  })

  it('[RE50] a word within another is none, and of two that overlap the longer is kept', () => {
    expect(rulesIn('The veranda of the directory, everyday life, neverland.', 'en')).toEqual([])
    expect(rulesIn('The vast majority of families and most people.', 'en')).toEqual(['majority', 'majority'])
    expect(rulesIn('MOST People were VERY tired', 'en-GB')).toEqual(['majority', 'adjective'])
    expect(rulesIn('وللأسف لم يأتوا', 'ar')).toEqual(['adjective'])
  })

  it.each([
    ['en', ['Half the population is without water.', 'There is a severe water shortage.', 'Nine out of ten people have lost work.', 'None of the families received aid.', 'Vulnerable people need food.', 'Thousands of people are affected.']],
    ['fr', ['Beaucoup d’enfants dorment dehors.', 'Neuf personnes sur dix ont perdu leur travail.', 'Aucune famille n’a reçu d’aide.', 'C’est évident que la faim s’étend.']],
    ['es', ['Uno de cada tres niños no va a la escuela.', 'Ninguna familia recibió ayuda.', 'Las familias más vulnerables esperan.', 'El sur es la zona más afectada.', 'No hay agua en la región.']],
    ['ar', ['يعيشون دائمًا بلا ماء.', 'الوضع صَعْبٌ.', 'الأسر الأكثر ضعفًا تنتظر.', 'الجنوب هو المنطقة الأكثر تضررًا.', 'معظم الاسر بلا طعام.', 'واحد من كل ثلاثة أطفال لا يذهب إلى المدرسة.']],
    ['ru', ['Девять из десяти человек потеряли работу.', 'Ни одна семья не получила помощи.', 'Не хватает воды.', 'Каждый потерял работу.']],
    ['zh', ['没有一个家庭得到援助。', '十分之九的人失去工作。', '十分严重的损失。', '没有人得到援助。']],
  ])('[RE50] in %s the same claim in other words is pointed at too', (lang, sentences) => {
    expect(sentences.filter((sentence) => lintSentence(sentence, lang).length === 0)).toEqual([])
  })

  it('[RE50] what is pointed at in Arabic is the words with all their marks', () => {
    const sentence = 'الوضع صَعْبٌ جِدًّا'
    expect(lintSentence(sentence, 'ar').map(({ start, end }) => sentence.slice(start, end))).toEqual(['الوضع صَعْبٌ', 'جِدًّا'])
  })

  it('[RE50] a language without a table has no hits', () => {
    expect(lintSentence('Tout moun pèdi travay yo', 'ht')).toEqual([])
    expect(lintSentence('Everyone', 'constructor')).toEqual([])
  })
})
