import type { Concept } from '#domain/matching/concept-names.ts'
import { foldedText, wordsOf } from '#domain/matching/wording.ts'

/**
 * What reports speak of, as beginnings of words in the six languages: enough to see that two texts in different languages are about the same
 * thing, and far from a dictionary. Beginnings of up to three letters stand for the whole word. Chinese is looked for anywhere.
 */
const beginnings: Readonly<Record<Concept, string>> = {
  water: 'water well wells tanker thirst hydrant eau puits forage citerne soif agua pozo cisterna sed вода воды воду воде водой колод скваж цистерн 水 井 ماء مياه بئر ابار صهريج عطش',
  dirtyWater: 'dlo untreated unsafe contaminated chlorin purif insalubre sucia clor хлор грязн 污染 不干净 氯 消毒 ملوث كلور',
  latrine: 'latrine toilet sanitation sewage hygiene soap toilettes égout savon hygiène letrina baño saneamiento aguas jabón туалет канализ мыло гигиен 厕所 污水 肥皂 卫生间 مرحاض مراحيض صرف صابون نظاف',
  food: 'food eat eaten ate hungry hunger starv ration meal meals lunch bread rice flour lentil nourriture manger mange faim repas riz farine vivres pain comida comer hambre arroz harina alimento víveres еда еды еду голод питани продукт хлеб мук паёк паек рис обед 食物 吃 饿 粮 饭 米 面粉 菜 طعام جوع جائع اكل خبز طحين دقيق ارز وجب غذاء مؤون',
  kitchen: 'kitchen canteen cook soup cuisine cantine cuisin soupe cocina olla comedor кухн столов готов котел суп 厨房 食堂 做饭 مطبخ طبخ طهي',
  price: 'price prices expensive cost costs fee fees prix cher chère coût payer paient precio caro cara costo цена цены дорог плат 价格 涨价 贵 收费 سعر اسعار غلاء رسوم',
  money: 'cash money loan loans credit savings salary wage income argent prêt crédit salaire revenu dinero préstamo efectivo salario ingreso sueldo деньг денег займ кредит зарплат доход выплат 钱 贷款 工资 收入 补贴 مال نقد نقود قرض قروض راتب رواتب دخل اجر',
  work: 'job jobs work unemploy trader vendor stall market shop emploi travail chômage étal vendeu commerc trabajo empleo desempleo puesto vendedor работ безработ торгов рынок рынка рынке лавк 工作 失业 生意 摊 打工 عمل وظيف بطال بائع سوق محل دكان',
  boat: 'boat boats fisher fishing nets canoe bateau pirogue pêcheur filets bote botes lancha pescador redes лодк рыбак сети катер 船 渔 شبك قارب قوارب مركب صياد',
  crop: 'crop crops harvest seed seeds farmer field fields farm planting récolte semence cultiv champ champs agricult cosecha semilla campesino cultivo siembra milpa урожай семен посев фермер огород 庄稼 种子 稻 田 农 收成 محصول محاصيل بذور زراع مزارع حقل حقول',
  livestock: 'cattle goat goats sheep cow cows livestock herd animals fodder bétail chèvre mouton vache élev troupeau ganado cabra oveja vaca скот коз овец коров корм 牛 羊 牲畜 饲料 ماشي مواشي غنم اغنام ماعز بقر علف',
  shelter: 'kay tant shelter tent tents tarpaulin tarp plastic roof roofs homeless house houses homes housing hut huts camped dormitory tente bâche abri toit maison logement sans-abri carpa toldo techo casa casas vivienda albergue refugio mediagua палат тент крыш дома домов жиль укрыт 帐篷 房 屋顶 塑料布 安置 住处 棚 خيم خيام مشمع سقف بيت بيوت منزل منازل ماوي مسكن كوخ اكواخ',
  sleepOutside: 'sleep sleeping slept dorment dormir duermen ночу спят спим dòmi 睡 露宿 نوم ينام نايم',
  window: 'window door doors glass pane fenêtre vitre porte portes ventana puerta vidrio окна окон двер стекл 窗 门窗 玻璃 شباك شبابيك نافذ باب ابواب زجاج',
  collapse: 'collaps crack cracks ruin rubble debris effondr gravats fissure écroul derrumb escombro grieta colaps обруш трещин развалин завал 倒塌 裂缝 废墟 انهار انهيار ركام تشقق',
  cold: 'cold freez heat heating heater blanket coat coats warm winter snow froid chauff couvert hiver neige manteau frío manta cobija abrigo invierno nieve calefac холод мороз отопл одеял тёпл зим снег печ 冷 冻 暖 毯 棉 雪 冬 برد بردا بطاني دفء تدفئ شتاء ثلج مدفا',
  heatwave: 'heatwave drought dry dried sécheresse sec chaleur sequía seco calor засух жар пересох 干旱 旱 高温 热浪 جفاف حر قحط',
  fuel: 'fuel stove firewood gas diesel kerosene charcoal mazout bois essence charbon combust leña estufa топлив дров дизел уголь 燃料 柴 煤 炉 وقود مازوت حطب غاز فحم موقد',
  power: 'power electric blackout generator battery lamp torch électri courant panne coupure lampe luz eléctri apagón lámpara электр свет генератор фонар 停电 电 灯 كهرباء انقطاع مولد ضوء اضاء',
  school: 'school schools class classroom lesson pupil pupils student teacher textbook école élève classe cours enseign leçon professeur escuela alumno clase maestr colegio lecci школ урок учени учител класс 学校 上课 学生 老师 课 مدرس مدارس تلاميذ طلاب دروس صف معلم تعليم',
  computer: 'computer laptop tablet ordinateur portable tablette computador ordenador tableta компьют ноутбук планшет 电脑 平板 حاسوب كمبيوتر لوحي',
  network: 'internet network signal online wifi smartphone phone phones data réseau connexion téléphone señal teléfono conexión red интернет связ сигнал телефон сет 网络 上网 手机 信号 网课 انترنت شبك هاتف هواتف جوال اتصال',
  broadcast: 'radio television broadcast télé émission televis телевид радио эфир 电视 广播 تلفزيون تلفاز راديو اذاع',
  rumour: 'rumour rumor belief false hoax rumeur fausse croy rumor bulo falso слух ложн фейк 谣言 传言 谣 اشاع شائع كاذب',
  information: 'information leaflet poster announce register registration list lists notice affich liste inscri cartel lista registro aviso anuncio информ листовк список списк объявл регистр 信息 名单 通知 登记 传单 معلوم قائم قوائم تسجيل منشور اعلان',
  language: 'language translat interpret langue tradui interprèt idioma tradu язык перевод 语言 翻译 口译 لغة لغه ترجم مترجم',
  signLanguage: 'deaf sign signed sourd signes sordo señas глух жест слабослыш 手语 聋 صم اصم اشار',
  medicine: 'medicine medicines drug drugs insulin pharmac médicament pharmaci insuline medicament medicina farmaci insulina antipalu лекарств аптек инсулин таблет 药 胰岛素 دواء ادوي صيدل انسولين',
  clinic: 'clinic doctor doctors nurse hospital health midwife ambulance médecin infirm hôpital clinique santé dispensaire sage-femme médic enfermer posta salud partera врач больниц медсест клиник фельдшер медпункт скор 医院 医生 护士 诊所 看病 طبيب اطباء ممرض مستشفي عياد صحي مستوصف قابل',
  disease: 'disease sick ill fever diarrh cholera malaria measles ebola infect epidemic outbreak dengue malad fièvre choléra paludis rougeole épidém enferm fiebre diarrea cólera sarampión болезн болен больн лихорад понос холер корь инфекц заболе 病 发烧 腹泻 霍乱 疟疾 麻疹 感染 疫 مرض مرضي حمي اسهال كوليرا ملاريا حصب وباء عدوي',
  vaccine: 'vaccin vacun вакцин привив 疫苗 接种 لقاح تطعيم تلقيح',
  mask: 'mask masks gloves protective glove masque gants blouse mascarilla guante barbijo маск перчат защитн 口罩 防护 手套 كمام قفاز واقي',
  death: 'died dead death deaths funeral burial buried mort morts décès enterre deuil murió muert entierro falleci умер погиб смерт похорон 死 去世 遗体 葬 مات ماتوا توفي وفا وفيات موت دفن جناز',
  trauma: 'trauma anxiety afraid fear grief psycholog counsel nightmare stress peur angoisse deuil traumat miedo angustia duelo psicól страх боят травм психол тревог кошмар 害怕 心理 创伤 噩梦 焦虑 恐惧 خوف خائف نفسي صدم كوابيس قلق',
  lonely: 'alone lonely isolat solitude seul seule solos sola soledad aislad одинок изоляц 孤独 独居 隔离 وحيد وحده عزل',
  violence: 'violence violent beat beaten attack attacked rape harass assault abuse threat battu viol agress harcel menac violencia golpe ataque abuso acoso amenaz насил избив напад угроз домогат 暴力 打 袭击 骚扰 虐待 عنف ضرب اعتداء تحرش اغتصاب تهديد هجوم',
  theft: 'theft steal stolen robb loot guard guards watch vol voleur pill patrouill garde robo robar saque guardia вор краж грабе мародёр охран дежур 偷 抢 盗 巡逻 看守 سرق لص نهب حراس دوري',
  fighting: 'fighting armed soldiers bomb shelling shoot gunfire militia combat armée soldat bombard tirs milice combate armad soldado bomba disparo обстрел бои боёв солдат бомб стрел войн 战斗 武装 炮 枪 轰炸 民兵 قصف اشتباك مسلح جندي جنود قتال',
  displaced: 'fled flee arrived displaced evacuat returnee refugee fui fuite déplac réfugi évacu arrivé huye desplaz refugiad evacu llegaron бежал бежен эвакуа переселен прибыл 逃 难民 撤离 转移 流离 نزح نازح لاجئ اجلاء فر هرب',
  flood: 'flood flooded waterlog inundat embankment bund dam inond crue digue inundac desbord crecida наводн затоп подтоп паводок дамб 洪水 淹 涝 堤 洪 فيضان غمر سيول سيل سد',
  storm: 'storm cyclone hurricane typhoon rain rains wind tempête ouragan pluie vent torment huracán lluvia ciclón viento шторм ураган ливен дожд ветер тайфун 台风 暴雨 雨 风暴 大风 عاصف اعصار مطر امطار رياح',
  quake: 'earthquake quake aftershock tsunami séisme tremblement terremoto sismo réplica maremoto землетряс толчк цунами 地震 余震 海啸 زلزال هزه تسونامي',
  fire: 'fire fires burnt burned burn smoke blast explosion feu incendie brûl fumée explos fuego incendi quem humo пожар сгоре огонь огнём дым взрыв сожж 火 烧 烟 爆炸 حريق حرائق احترق نار دخان انفجار',
  road: 'road roads bridge blocked cut truck bus transport helicopter route pont bloqu camion camino puente carretera bloquead camión дорог мост грузовик автобус транспорт вертол 路 桥 交通 车 直升机 طريق طرق جسر شاحن نقل مروحي',
  rescue: 'rescue rescued trapped stranded missing sauvet coincé piégé disparu rescat atrapad desapareci varad спас застря пропал отрез 救 被困 失踪 困 انقاذ محاصر عالق مفقود',
  document: 'document documents passport papers permit certificate visa identity papiers passeport carte attestation acte permis documento pasaporte papeles cédula certificado permiso паспорт документ справк удостовер свидетельств 证件 护照 证明 身份证 户口 签证 وثيق وثائق جواز اوراق هوي شهاد تصريح بطاق',
  legal: 'lawyer legal court rights evict rent landlord avocat juridique tribunal expuls loyer propriétaire abogad legal desaloj alquiler renta юрист адвокат суд высел аренд 律师 法律 租金 房租 驱逐 法院 محامي قانون محكم اخلاء ايجار طرد',
  border: 'border consulate embassy quarantine curfew checkpoint lockdown closed frontière consulat ambassade couvre-feu confin barrage frontera consulado embajada cuarentena toque confinam границ консульств посольств карантин комендант блокпост 边境 领事馆 隔离 宵禁 封闭 封城 封锁 حدود قنصلي سفار حجر حظر حاجز اغلاق',
  stigma: 'stigma reject rejected discriminat insult shun prejudice racis chassé rejet insult stigmat rechaz discrimin insulto травл отверг дискримин оскорб прогон 歧视 排斥 辱骂 تمييز وصم رفض اهان طرد',
  milk: 'milk formula diaper nappies breastfeed lait couche biberon allait leche pañal lactan молок смес подгузн 奶 尿布 حليب حفاض رضاع',
  malnutrition: 'malnutri malnourish underweight thin dénutri maigre desnutri flaco истощ недоед 营养不良 瘦 سوء هزال',
  disability: 'wheelchair disabled disabilit blind crutch ramp fauteuil handicap aveugle béquill rampe silla discapaci ciego muleta коляск инвалид слеп костыл пандус 轮椅 残疾 盲 拐杖 كرسي معاق اعاق كفيف عكاز',
  clothes: 'clothes clothing shoes garments vêtement chaussures habits ropa zapatos prendas одежд обув 衣服 鞋 衣 ملابس احذي ثياب',
  waste: 'waste garbage trash rubbish litter pollution oil spill déchet ordures poubelle pollu basura desecho contamin мусор отход загрязн свалк разлив 垃圾 污染 废 نفاي قمام تلوث',
  trees: 'tree trees forest logging reforest plant mangrove forêt arbre reboise bosque árbol reforest лес дерев вырубк 树 森林 砍 شجر اشجار غاب',
  sheet: 'sheet sheets draps sábana простын 床单 شرشف شراشف',
  mud: 'mud mould mold damp landslide silt boue moisi humid glissement lodo barro deslave moho humedad гряз плесен сыр оползн 泥 霉 潮湿 滑坡 طين وحل عفن رطوب انزلاق',
  mosquito: 'mosquito net moustiq moustiquaire mosquit mosquitero комар москит 蚊 ناموس بعوض',
  culture: 'museum theatre heritage library music dance festival temple church mosque monument musée théâtre patrimoine biblioth musique danse église mosquée museo teatro patrimonio biblioteca música danza iglesia музе театр наследи библиот музык церк мечет 博物馆 文化 图书馆 寺 音乐 戏 متحف مسرح تراث مكتب موسيق مسجد كنيس',
  artist: 'artist artists musician craft artisan weaver artiste musicien artesan músico tejedor artista художник музыкант ремесл 艺术家 乐师 手工 艺人 فنان حرفي موسيقي نساج',
  care: 'care caregiver nursery kindergarten playground crèche garderie maternelle nounou cuidado guardería jardín уход сад садик ясли 托儿 幼儿园 照顾 看护 رعاي حضان روض',
  labour: 'labour labor exploit brick factory employer usine exploit employeur patron fábrica explot empleador patrón завод эксплуат работодат 工厂 老板 雇主 剥削 童工 مصنع استغلال صاحب عمال عامل',
  prison: 'prison jail detain detention detainee détenu détenti cárcel detenid preso тюрьм задерж заключ 监狱 拘留 关押 سجن سجين معتقل احتجاز',
}


interface Beginning {
  readonly concept: Concept
  readonly text: string
}

const all = Object.entries(beginnings).flatMap(([concept, line]) => line.split(' ').map((text): Beginning => ({ concept: concept as Concept, text: foldedText(text) })))
const inHan = all.filter(({ text }) => /\p{Script=Han}/u.test(text))
const byTwoLetters = byStart(all.filter(({ text }) => !/\p{Script=Han}/u.test(text)))
const arabicPrefix = /^(?:[وف])?(?:وال|بال|كال|فال|لل|ال|[بلكوس](?=\p{L}{3}))/u
const wholeWordUpTo = 3

/** What a text speaks of, in any of the six languages. */
export function conceptsOf(text: string): ReadonlySet<Concept> {
  const folded = foldedText(text)
  const found = inHan.filter((beginning) => folded.includes(beginning.text)).map(({ concept }) => concept)
  return new Set([...found, ...wordsOf(folded).flatMap(conceptsOfWord)])
}

function conceptsOfWord(word: string): readonly Concept[] {
  const bare = word.replace(arabicPrefix, '')
  return [...new Set([word, bare])].flatMap((form) => (byTwoLetters.get(form.slice(0, 2)) ?? []).filter(({ text }) => begins(form, text)).map(({ concept }) => concept))
}

function begins(word: string, beginning: string): boolean {
  if (word === beginning) return true
  const isShort = beginning.length <= wholeWordUpTo && !/\p{Script=Arabic}|\p{Script=Cyrillic}/u.test(beginning)
  return !isShort && beginning.length > 2 && word.startsWith(beginning)
}

function byStart(beginnings: readonly Beginning[]): ReadonlyMap<string, readonly Beginning[]> {
  const groups = new Map<string, Beginning[]>()
  for (const one of beginnings) groups.set(one.text.slice(0, 2), [...(groups.get(one.text.slice(0, 2)) ?? []), one])
  return groups
}
