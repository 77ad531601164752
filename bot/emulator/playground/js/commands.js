/** What can be typed after a slash, and sentences to begin with; in the three languages. */

import { language } from "./i18n.js";

const COMMANDS = [
  ["meet", "Book a meeting", "约会议", "会議を予約"],
  ["find", "Find a time that suits everybody", "找大家都有空的时间", "全員の空き時間を探す"],
  ["free", "See who is free when", "看谁什么时候有空", "誰がいつ空いているか見る"],
  ["agenda", "Your day or week at a glance", "看一天或一周的日程", "今日・今週の予定を見る"],
  ["gap", "Your next free gap", "下一段空闲", "次の空き時間"],
  ["search", "Find an event by its title", "按标题找日程", "件名で予定を探す"],
  ["room", "Find and book a room", "找会议室", "会議室を探す"],
  ["move", "Move a meeting", "改期", "会議を移動"],
  ["extend", "Make a meeting longer or shorter", "延长或缩短会议", "会議の長さを変える"],
  ["cancel", "Cancel a meeting", "取消会议", "会議を取り消す"],
  ["invite", "Add people to a meeting", "邀请更多人", "参加者を追加"],
  ["rsvp", "Answer an invitation", "答复邀请", "招待に回答"],
  ["poll", "Let people vote on times", "投票选时间", "日程の投票"],
  ["remind", "Remind people before it starts", "会前提醒", "開始前にリマインド"],
  ["timeoff", "Put leave on the calendar", "登记休假", "休暇を登録"],
  ["digest", "A summary every morning", "每日摘要", "毎朝のまとめ"],
  ["undo", "Take the last change back", "撤销上一步", "直前の変更を取り消す"],
  ["settings", "Zone, language, working hours", "时区、语言、工作时间", "タイムゾーン・言語・勤務時間"],
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
    "what's on my calendar this week?",
    "book a room for 6 people on Friday at 10:00",
    "/poll team lunch next week with {a} {b}",
  ],
  zh: [
    "明天下午跟{a}和{b}开个30分钟的会",
    "我这周有什么安排？",
    "周五上午10点订一个6人的会议室",
    "/poll 下周团队聚餐 {a} {b}",
  ],
  ja: [
    "明日の午後、{a} と {b} と30分の打ち合わせ",
    "今週の予定を教えて",
    "金曜10時に6人の会議室を予約",
    "/poll 来週のチームランチ {a} {b}",
  ],
};

/** Sentences to try, with two people of the conversation filled in. */
export const examples = (a, b) => SENTENCES[language()].map((text) => text.replace("{a}", a).replace("{b}", b));
