### 简体中文。短句、口语、用“你”；每次说不行，都接着说怎么办。
### **粗体** 只用在富文本里，按钮、标题、提示里不用。

## 日期、时长、时区（日期格式为 Unicode CLDR 写法，由 Babel 读取）

format-day = M月d日 EEE
format-day_year = y年M月d日 EEE
format-weekday = EEE
format-time = HH:mm
format-full = { $day } { $time }
format-range = { $start }–{ $end }
format-zone = { $city }时间
length-minutes = { $minutes } 分钟
length-hours = { $hours } 小时
length-hours_minutes = { $hours } 小时 { $minutes } 分钟
length-days = { $days } 天

## 各处通用

kit-field = **{ $label }** { $value }
kit-line = { $text }
people-one = { $name }
people-others = 另外 { $count } 人
time-zone = 时间均为{ $zone }
time-reader = 你那边的时间：{ $time }
time-all_day = { $day } 全天
time-at = { $when }

standing-free = 有空：{ $names }
standing-tentative = 待定：{ $names }
standing-busy = 没空：{ $names }
standing-off_hours = 非工作时间：{ $names }
standing-unknown = 看不到日历：{ $names }

chart-caption = { $when } · { $zone }
chart-row = { $who }：{ $taken }
chart-taken = { $times } { $state }
chart-free = 有空
chart-busy = 没空
chart-tentative = 待定
chart-unknown = 不清楚
chart-off_hours = 非工作时间
chart-hidden = 图里还有 { $count } 人没画出来
legend-free = <font color='green'>■</font> 有空
legend-tentative = <font color='wathet'>■</font> 待定
legend-busy = <font color='indigo'>■</font> 没空
legend-unknown = <font color='grey'>■</font> 不清楚
legend-proposed = <font color='orange'>■</font> 推荐

receipt-line = 我的理解：{ $parts }
receipt-part = { $what }“{ $words }”
receipt-when = 时间
receipt-people = 参加人
receipt-title = 主题
receipt-length = 时长
receipt-room = 会议室
receipt-no_room = 我还不会订会议室：会议建好后，请在日历里加上。
receipt-other = 还有
correct-title = 理解得不对？
correct-when = 改时间
correct-people = 改参加人
correct-what = 改主题
correct-once = 只开一次

## 推荐时间

slots-title = 选个时间：{ $title }
slots-summary = “{ $title }”的可选时间
slots-subtitle = { $people } · { $length }
slots-pick = 订 { $when }
slots-at = { $when } — { $people }
slots-taken = **{ $when }** 不行：{ $names } 那会儿没空。
slots-instead = 这些时间可以：
slots-no_other = 附近没有大家都有空的时间。点“换一批”，或者换个时长试试。
slots-anyway = 还是订这个时间
slots-anyway_confirm = { $when } { $names } 没空，还是要订吗？
slots-others = 换一批
slots-length = 时长
slots-minutes = { $length }
slots-cancel = 取消
slots-only = 只有 { $name } 能确认。

## 为什么推荐、为什么没有、可以放宽什么

reason-all_free = { $n ->
    [1] 有空
   *[other] { $n } 人都有空
}
reason-most_free = { $total } 人中 { $free } 人有空
reason-busy = 没空：{ $names }
reason-unknown = 看不到日历：{ $names }
reason-tentative = 待定：{ $names }
reason-off_hours = 非工作时间：{ $names }
reason-lunch = 午休：{ $names }
reason-near_asked = 比你说的{ $way ->
    [earlier] 早
   *[later] 晚
} { $minutes }
reason-after_busy = 紧接着 { $names } 的上一个会
reason-earliest = 最早
reason-compromise = 折中方案

shortage-window_past = 这段时间已经过了。
shortage-window_short = { $window }里放不下 { $minutes }的会。
shortage-all_shown = 大家都有空的时间你已经全看过了。
shortage-everyone_busy = 这段时间谁都腾不出 { $minutes }。
shortage-organizer_busy = 这段时间你自己一直没空。
shortage-someone_busy = { $names } 这段时间一直没空。
shortage-no_common_time = 大家各有空闲，但凑不到一起 { $minutes }。最忙的是 { $names }。
shortage-off_hours = 只有在 { $names } 的非工作时间，大家才都有空。
shortage-unknown = 看不到 { $names } 的日历，没法判断哪个时间合适。
shortage-only_maybe = 没有十拿九稳的时间，{ $names } 得调整一下安排。
relax-shorter = 缩短到 { $minutes }（{ $slots } 个时间）
relax-optional = { $names } 可以不来（{ $slots } 个时间）
relax-later = 改到 { $date }（{ $slots } 个时间）

nothing-title = 凑不齐时间：{ $title }
nothing-relax = 这样就可以：
nothing-elsewhere = 或者看看别的时间：

## 追问

choices-title = 是哪个时间：{ $title }
choices-ask = 这句话有不止一种理解，你说的是哪个时间？
choices-pick = { $when }

ask-title = 还差一点：{ $title }
ask-when = { $people } 什么时候碰面（{ $length }）？
ask-when_alone = 什么时候（{ $length }）？
ask-this_afternoon = 今天下午
ask-tomorrow_morning = 明天上午
ask-tomorrow_afternoon = 明天下午
ask-next_week = 下周
ask-picker = 日期和时间
ask-exact = 看看这个时间
ask-people = 要和谁一起？
ask-people_picker = 选人
ask-people_send = 邀请他们
ask-everyone = 群里所有人
ask-alone = 就我自己
ask-what = 会议主题是什么？
ask-title_hint = 比如：方案评审
ask-title_send = 就用这个主题
ask-only = 这张卡片由 { $name } 来填。

## 会议

meeting-working_title = 正在预订：{ $title }
meeting-working_button = 预订中…
meeting-booked_title = 已订好：{ $title }
meeting-summary = 已订好：{ $title }，{ $when }
meeting-undone_title = 已撤销：{ $title }
meeting-undone = 这个会议已从所有人的日历里删掉。
meeting-cancelled_title = 已取消：{ $title }
meeting-cancelled = 这个会议已经从日历里删除了。
meeting-dropped_title = 不订了：{ $title }
meeting-dropped = 什么都没有订。想再看看，就点下面；或者直接再跟我说。
meeting-when = **{ $when }** · { $length }
meeting-people = 参加人：
meeting-repeats = 重复：
meeting-join = 加入视频会议
meeting-open = 在日历中查看
meeting-refresh = 刷新回复
meeting-undo = 撤销
meeting-undo_confirm = 要把“{ $title }”从所有人的日历里删掉吗？
meeting-again = 重新找时间
meeting-invited = 由 { $name } 预订，请在日历里回复是否参加。

joined-accept = <font color='green'>✓</font> 参加（{ $count }）：{ $names }
joined-tentative = <font color='orange'>?</font> 待定（{ $count }）：{ $names }
joined-waiting = <font color='grey'>…</font> 还没回复（{ $count }）：{ $names }
joined-decline = <font color='red'>✗</font> 不参加（{ $count }）：{ $names }

repeats-daily = { $every ->
    [1] 每天
   *[other] 每 { $every } 天
}
repeats-workdays = 每个工作日（周一至周五）
repeats-weekday = { $day }
repeats-weekly = { $every ->
    [1] 每周
   *[other] 每 { $every } 周
}
repeats-weekly_on = { $every ->
    [1] 每周的{ $days }
   *[other] 每 { $every } 周的{ $days }
}
repeats-monthly = { $every ->
    [1] 每月
   *[other] 每 { $every } 个月
}
repeats-yearly = { $every ->
    [1] 每年
   *[other] 每 { $every } 年
}
repeats-until = { $often }，到 { $day } 为止
repeats-other = 按系列重复

## 谁有空

free-title = { $count ->
    [1] { $names } 什么时候有空
   *[other] 大家什么时候有空：{ $names }
}
free-window = { $when } · { $zone }
free-times = { $count ->
    [1] 有空的时间：
   *[other] 大家都有空的时间：
}
free-times_for = { $count ->
    [1] 连续有空至少 { $length }：
   *[other] 大家都有空，至少 { $length }：
}
free-day = **{ $day }**  { $times }
free-none = { $count ->
    [1] 这段时间没有空档。换个长一点的范围试试，比如“下周”。
   *[other] 这段时间凑不齐大家。换个长一点的范围试试，比如“下周”。
}
free-more = …还有 { $count } 段。
free-unknown = 看不到 { $names } 的日历，没有算在内。
free-privacy = 这里只显示有空没空，不会显示在忙什么。

## 帮助

help-title = 我能做什么
help-intro = 我来找大家都有空的时间，并把会订好。在群里 @ 我，或者直接给我发消息。
help-line = **{ $command }** { $title }
help-command = { $command }
help-say = 你可以这样说：
help-all = 全部主题
help-topic_title = 帮助：{ $title }
help-footer = 你点“订”之前，我不会往任何日历里写东西。
help-meet_title = 约会议
help-meet = 告诉我和谁、什么时候。我会看大家的空闲，给出几个时间，你点哪个就订哪个。你自己总会被邀请；没说时长就按 30 分钟。
help-meet_examples =
    · /meet @Bob 30分钟 明天上午
    · 周五下午3点和 @Alice 喝咖啡
    · 下周和 @Alice @Bob 找45分钟过方案
help-find_title = 找大家都有空的时间
help-find = 告诉我大概哪几天或哪几个小时，我来找大家都有空的时间，并说明每个时间好在哪里。
help-find_examples =
    · /find 1h 下周 @Alice @Bob
    · 大家周四什么时候都有空？
help-free_title = 看谁有空
help-free = 我只显示大家有空还是没空，不显示在忙什么。
help-free_examples =
    · /free @Alice @Bob 明天
    · @Bob 周四下午有空吗？
help-undo_title = 撤销会议
help-undo = 我会把你在这里最近订的会议再发一次，上面有“撤销”按钮。撤销后，会议会从所有人的日历里删掉。
help-undo_examples = · /undo
help-settings_title = 你的时区
help-settings = 告诉我你在哪儿，我就按你那边的时间来理解和显示。
help-settings_examples =
    · /settings
    · /settings timezone Asia/Tokyo
help-login_title = 以本人身份约会议
help-login = 登录一次之后，你约的会议就是你自己的：在你的日历里，组织者是你。发 /logout 即停用。
help-login_examples =
    · /login
    · /logout
help-help_title = 使用说明
help-help = 写 /help 加上主题，比如 /help meet。
help-help_examples =
    · /help
    · /help meet
help-not_understood_title = 没听懂
help-not_understood = 我是来约会议的，这句话里没找到要约的事。可以这样说：
help-not_yet_title = 这个还不会
help-not_yet = 你是想{ $wish }吧？这个我还不会。我会的有：
wish-agenda = 看日程
wish-search = 找某个会议
wish-move = 给会议改时间
wish-extend = 延长或缩短会议
wish-cancel = 取消会议
wish-rsvp = 回复邀请
wish-invite = 给会议加人
wish-uninvite = 从会议里移除人
wish-room = 订会议室
wish-poll = 发起投票
wish-remind = 设提醒
wish-meeting_chat = 建会议群
wish-minutes = 写会议纪要
wish-timeoff = 登记请假
wish-calendars = 管理日历
wish-share = 共享日历
wish-subscribe = 订阅日历
wish-caldav = 用 CalDAV 连接设备
wish-exchange = 绑定 Exchange
help-unknown_title = 这个命令我不认识
help-unknown = 没有 **{ $name }** 这个命令。你想说的是不是：

greeting-title = 你好，我是 Daylark
greeting-hello = 你好，{ $name }！
greeting-hello_all = 大家好！
greeting-what = 我帮你找时间、订会议。比如：

## 暂时做不到的时候

problem-title = 这样还不行
problem-or = 或者，你说的是：
problem-past = 这个时间已经过了，请说一个还没到的时间。
problem-backwards = 结束时间早于开始时间，请把起止时间再说一遍。
problem-too_long = 一个会议最长 24 小时，请说个短一点的时长。
problem-impossible = 没有这个日期或时间，请换一个。
problem-contradiction = 星期和日期对不上，请再说一下是哪天。
problem-far = 这个时间太远了，我还排不了。请说个近一点的日期。
problem-unexpected = 我这边出了点问题，请稍后再试一次。
problem-strangers = 我在这里没找到 { $names }。用 @ 提到人，我就不会认错。
problem-nothing_to_undo = 这里没有你可以撤销的会议。我只能撤销在这个聊天里由我订的会议。
problem-zone = 没有叫“{ $name }”的时区。相近的有：{ $near }。请这样写：/settings timezone Asia/Tokyo
error-platform_busy = 日历服务现在很忙，请过一分钟再试。
error-platform_down = 日历服务现在没有回应，请过一分钟再试。
error-platform_refused = 日历服务拒绝了，我也不清楚原因。请再试一次，或者请管理员看看我的日志。
error-invalid_request = 日历服务没看懂我的请求，这是我的问题。请管理员看看我的日志。
error-needs_login = 这件事要你本人授权，请先用 /login 登录。
error-forbidden = 日历不让我这么做。请管理员检查一下我的权限。
error-missing_scope = 我缺少权限，开通其中一个就行：{ $scopes }。请管理员在开发者后台的“权限管理”里开通，再发布一个新版本。
error-not_found = 这个已经找不到了，请再跟我说一次。
error-gone = 这个刚刚被删掉了，请再跟我说一次。
error-setup = 我还没有完全配置好。请把这条消息转给管理员：日志里写明了需要修改的地方。
error-quota = 你所在的企业本月的调用次数已经用完，管理员可以升级套餐。
error-login_again = 你的登录已经失效，请用 /login 重新登录。
error-others_login = 约这个会的人需要重新登录，我才能查看或修改。
error-person_unavailable = 这个账号已经停用。
error-no_such_person = 有人不在你的企业里，我找不到。
error-no_such_chat = 我找不到这个会话。
error-no_such_room = 我找不到这间会议室。
error-no_such_calendar = 我找不到这个日历。
error-not_in_chat = 我不在那个群里，请先把我加进去。
error-not_invited = 这个人或会议室不在这场会议里。
error-not_subscribed = 你没有订阅这个日历。
error-calendar_forbidden = 我没有权限修改那个日历，可以请它的所有者共享给我。
error-calendar_gone = 这个日历已经被删除。
error-event_forbidden = 只有组织者可以修改这场会议。
error-event_gone = 这场会议已经被删除。
error-guests_hidden = 组织者隐藏了参与人名单。
error-invite_forbidden = 只有组织者可以邀请别人参加这场会议。
error-uninvite_forbidden = 只有组织者可以移除这场会议的参与人。
error-message_gone = 那条消息已经撤回，或者太久了不能再改。
error-chat_gone = 这个群已经解散。
error-muted = 我不能在那里发言。
error-content_risk = 平台不接受这些内容，请换一种说法。
error-room_forbidden = 你不能预订这间会议室。
error-room_taken = 这间会议室在那个时间已经被预订。
error-admin_only = 只有企业管理员可以这样做。
error-chat_owner_only = 只有会议群的群主可以这样做。
error-no_meeting_chat = 这场会议不能建群：至少要有两位参与人，而且名单不能隐藏。
error-no_minutes = 这场会议不能建纪要：至少要有一位参与人，而且参与人要能看到彼此。
error-timeoff_forbidden = 我只能删除我自己登记的请假。
error-subscriptions_full = 你订阅的日历已经达到平台上限，请先退订一个。
error-subscription_refused = 这个日历不能订阅。
error-primary_stays = 自己的主日历不能退订。
notice-title = Daylark
settings-shown = 你的时区是 **{ $zone }**（{ $name }）。想改的话，写 /settings timezone 加时区名，比如 Asia/Tokyo。
settings-zone_set = 好了，以后按 **{ $zone }**（{ $name }）来算你的时间。

## 以本人身份操作

login-title = 登录 Daylark
login-what = 登录后，你约的会议就是你自己的：在你的日历里，组织者是你。
login-button = 登录
login-only_you = 这个按钮只属于你，15 分钟内有效，只能用一次。想停用就发 /logout。
login-done_title = 登录成功
login-done = 从现在起，你在这里约的会议都算你自己的。想停用就发 /logout。
login-over_title = 还没预订：{ $title }
login-over = 你的登录已失效，我不能写你的日历，也不会不问你就换个身份来约。请重新登录后点“再试一次”，或者让我来组织这个会议并邀请你。
login-again = 再试一次
login-book_as_bot = 由 Daylark 组织
login-over_then = 如果以后都由我组织，请发 /logout。
login-wrote_privately = 我已私下发给你：登录按钮只给你一个人看。
login-out = 已退出登录，你的令牌我已删除。以后会议由我组织并邀请你。
login-was_out = 你没有登录，没有什么要删除的。
login-off = 这里还没有开通登录。请把这句话给管理员看：缺少设置项 { $setting }。
login-page_title = 登录成功
login-page_problem = 没有成功
login-welcome = 可以关闭这个页面，回到聊天。
login-foreign = 这个登录链接不是我发出的，或者不完整。请在聊天里给我发 /login 重新获取。
login-expired = 这个登录链接已过期。请在聊天里给我发 /login 重新获取。
login-used = 这个登录链接已经用过了。如果我还是请你登录，请在聊天里给我发 /login 重新获取。
login-denied = 你没有同意授权，什么都没有改变。如果是点错了，请在聊天里给我发 /login 再试一次。
login-other_person = 这个登录链接是别人的，你的登录没有被保存。请在聊天里给我发 /login 获取你自己的链接。
login-failed = 平台暂时没有响应，什么都没有保存。请过一分钟在聊天里给我发 /login。

## 点按钮之后的提示

toast-working = 正在处理，卡片马上更新。
toast-not_yours = 这个只能由 { $name } 决定。想约会议就 @ 我。
toast-stale = 这张卡片已经过期，请用最新的那张，或者再跟我说一次。
toast-gone = 这个请求我已经没有记录了，请再跟我说一次。
toast-slot_past = 这个时间已经过了，请选别的。
toast-booked = 订好了。
toast-already_booked = 这个会议已经订好了。
toast-just_taken = { $names } 刚刚没空了，看看新的时间吧。
toast-already_closed = 这个已经结束了，没有做任何改动。
toast-undone = 已撤销，大家的日历都恢复了。
toast-pick_time = 请先选好日期和时间。
toast-login_sent = 请先登录，我已私下发给你。
toast-login_over = 你的登录已失效，还没有预订。
