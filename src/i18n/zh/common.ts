import type { CommonMessages } from '#i18n/load.ts'

/** Chinese (simplified) by us: a native speaker should read it. */
export const common: CommonMessages = {
  'app.name': 'Terrain',
  'app.opening': '正在打开……',
  'update.ready': '新版本已就绪。',
  'update.now': '打开新版本',
  'update.later': '稍后',
  'update.outdated': '另一个窗口里打开了更新的 Terrain。你在这里写的内容仍会保存。在这里重新打开，即可用新版本继续。',
  'update.blocked': '更新的 Terrain 已就绪，但另一个窗口里还开着旧版本。关闭其他窗口，这个窗口会自动继续。',
  'store.damaged': '这部手机保存的部分内容已损坏：{parts, plural, other {# 条记录或更改}}不完整。没有删除任何内容，其余的照常发送。告诉你的协调员。',
  'update.waits': '你正在写的内容已保存。新版本会等你写完。',
  'offline.ready': '现在没有网络也能打开 Terrain。',
  'failure.title': 'Terrain 在这里停住了',
  'failure.safe': '你保存的内容仍在这部手机上。没有删除任何内容。',
  'failure.do': '重新打开 Terrain。如果再次停住，把未发送的内容存成文件，交给你的协调员。',
  'failure.again': '重新打开',
  'failure.saveFile': '把所有未发送的内容存成文件',
  'failure.details': '给维修人员的详细信息',
  'failure.closed': '手机关闭了 Terrain 的存储。重新打开 Terrain；你保存的内容还在。',
  'install.title': '把 Terrain 留在这部手机上',
  'install.text': '这样它就像其他应用一样打开，手机也会更稳妥地保存数据。',
  'install.now': '安装',
  'install.later': '暂不',
}
