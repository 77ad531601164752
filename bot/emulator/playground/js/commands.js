/** What can be typed after a slash, and sentences to begin with; in the three languages. */

import { language } from "./i18n.js";

const COMMANDS = [
  ["meet", "Book a meeting", "约会议", "会議を予約"],
  ["find", "Find a time that suits everybody", "找大家都有空的时间", "全員の空き時間を探す"],
  ["free", "See who is free when", "看谁什么时候有空", "誰がいつ空いているか見る"],
  ["gap", "Your next free gap", "下一段空闲", "次の空き時間"],
  ["undo", "Take your latest meeting back", "撤销最近的会议", "直前の会議を取り消す"],
  ["settings", "Your time zone", "你的时区", "タイムゾーン"],
  ["help", "What the bot can do", "机器人能做什么", "できることの一覧"],
  ["login", "Act on your own calendar", "授权使用你自己的日历", "自分のカレンダーで操作する"],
];

const COLUMN = { en: 1, zh: 2, ja: 3 };

/** The commands that begin with what was typed, described in the reader's language. */
export function commands(typed) {
  const column = COLUMN[language()];
  return COMMANDS.filter(([name]) => name.startsWith(typed.toLowerCase())).map((row) => ({
    name: row[0],
    text: row[column],
  }));
}

const SENTENCES = {
  en: [
    "find 30 minutes with {a} and {b} tomorrow afternoon",
    "is {a} free on Friday afternoon?",
    "when can we all meet next week for an hour?",
    "/meet Friday 10:00 45m {a} {b} \"Plan review\"",
  ],
  zh: [
    "明天下午跟{a}和{b}开个30分钟的会",
    "{a} 周五下午有空吗？",
    "大家下周什么时候都有空？一小时",
    "/meet 周五10:00 45m {a} {b} \"方案评审\"",
  ],
  ja: [
    "明日の午後、{a} と {b} と30分の打ち合わせ",
    "{a} さんは金曜の午後空いていますか？",
    "来週みんなで1時間集まれるのはいつ？",
    "/meet 金曜10:00 45m {a} {b} \"企画レビュー\"",
  ],
};

/** Sentences to try, with two people of the conversation filled in. */
export const examples = (a, b) => SENTENCES[language()].map((text) => text.replace("{a}", a).replace("{b}", b));
