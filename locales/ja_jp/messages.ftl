### 日本語。です・ます調で短く。できないときは、次にどうすればよいかを必ず添える。
### **太字** はリッチテキストだけに使い、ボタン・見出し・トーストでは使わない。

## 日付・長さ・タイムゾーン（日付は Unicode CLDR の書式で、Babel が読む）

format-day = M月d日(EEE)
format-day_year = y年M月d日(EEE)
format-weekday = EEEE
format-time = HH:mm
format-full = { $day } { $time }
format-range = { $start }–{ $end }
format-zone = { $city }時間
length-minutes = { $minutes }分
length-hours = { $hours }時間
length-hours_minutes = { $hours }時間{ $minutes }分
length-days = { $days }日

## 共通の言い回し

kit-field = **{ $label }** { $value }
kit-line = { $text }
people-one = { $name }さん
people-others = ほか{ $count }人
time-zone = 時刻はすべて{ $zone }
time-reader = あなたの現地時刻：{ $time }
time-all_day = { $day } 終日
time-at = { $when }

standing-free = 空き：{ $names }
standing-tentative = 仮予定：{ $names }
standing-busy = 予定あり：{ $names }
standing-off_hours = 勤務時間外：{ $names }
standing-unknown = カレンダー不明：{ $names }

chart-caption = { $when } · { $zone }
chart-row = { $who }：{ $taken }
chart-taken = { $times } { $state }
chart-free = 空き
chart-busy = 予定あり
chart-tentative = 仮予定
chart-unknown = 不明
chart-off_hours = 勤務時間外
chart-hidden = ほか{ $count }人は図に含まれていません
legend-free = <font color='green'>■</font> 空き
legend-tentative = <font color='wathet'>■</font> 仮予定
legend-busy = <font color='indigo'>■</font> 予定あり
legend-unknown = <font color='grey'>■</font> 不明
legend-proposed = <font color='orange'>■</font> 候補

receipt-line = 次のように理解しました：{ $parts }
receipt-part = { $what }「{ $words }」
receipt-when = 日時
receipt-people = 参加者
receipt-title = 件名
receipt-length = 長さ
receipt-room = 会議室
receipt-no_room = 会議室の予約はまだできません。予定ができたら、カレンダーで追加してください。
receipt-other = その他
correct-title = 違っていますか？
correct-when = 日時を直す
correct-people = 参加者を直す
correct-what = 件名を直す
correct-once = 1回だけにする

## 候補の提示

slots-title = 日時を選ぶ：{ $title }
slots-summary = 「{ $title }」の候補日時
slots-subtitle = { $people } · { $length }
slots-pick = { $when } で予約
slots-at = { $when } — { $people }
slots-taken = **{ $when }** は{ $names }の予定が入っています。
slots-instead = 次の時間なら空いています：
slots-no_other = 近くに全員の空きがありません。「ほかの候補」を押すか、長さを変えてみてください。
slots-anyway = それでも予約する
slots-anyway_confirm = { $when } は{ $names }の予定が入っています。それでも予約しますか？
slots-others = ほかの候補
slots-length = 長さ
slots-minutes = { $length }
slots-cancel = やめる
slots-only = 確定できるのは{ $name }さんだけです。

## 候補の理由、見つからない理由、ゆずれるところ

reason-all_free = { $n ->
    [1] 空き
   *[other] { $n }人全員が空いています
}
reason-most_free = { $total }人中{ $free }人が空いています
reason-busy = 予定あり：{ $names }
reason-unknown = カレンダー不明：{ $names }
reason-tentative = 仮予定：{ $names }
reason-off_hours = 勤務時間外：{ $names }
reason-lunch = 昼休み：{ $names }
reason-near_asked = ご希望より{ $minutes }{ $way ->
    [earlier] 早め
   *[later] 遅め
}
reason-after_busy = { $names }さんの会議の直後
reason-earliest = 最も早い時間
reason-compromise = 妥協案

shortage-window_past = その時間帯はもう過ぎています。
shortage-window_short = { $window }の枠に{ $minutes }は入りません。
shortage-all_shown = 全員の都合がつく時間は、すべてお見せしました。
shortage-everyone_busy = その時間帯に{ $minutes }空いている人がいません。
shortage-organizer_busy = その時間帯は、ご自分の予定がずっと入っています。
shortage-someone_busy = { $names }さんは、その時間帯にずっと予定が入っています。
shortage-no_common_time = それぞれ空きはありますが、そろって{ $minutes }空いている時間がありません。最も埋まっているのは{ $names }さんです。
shortage-off_hours = 全員がそろうのは、{ $names }さんの勤務時間外だけです。
shortage-unknown = { $names }さんのカレンダーが見られないため、都合が分かりません。
shortage-only_maybe = 確実な時間がありません。{ $names }さんに調整していただく必要があります。
relax-shorter = { $minutes }に短縮（候補{ $slots }件）
relax-optional = { $names }さんは任意参加（候補{ $slots }件）
relax-later = { $date }に変更（候補{ $slots }件）

nothing-title = 全員の都合が合いません：{ $title }
nothing-relax = こうすれば見つかります：
nothing-elsewhere = 別の時間帯を探すこともできます：

## 聞き返す

choices-title = どちらの日時ですか：{ $title }
choices-ask = 日時の解釈が一つに決まりません。どれですか？
choices-pick = { $when }

ask-title = もう少し教えてください：{ $title }
ask-when = { $people }の打ち合わせ（{ $length }）はいつにしますか？
ask-when_alone = いつにしますか（{ $length }）？
ask-this_afternoon = 今日の午後
ask-tomorrow_morning = 明日の午前
ask-tomorrow_afternoon = 明日の午後
ask-next_week = 来週
ask-picker = 日付と時刻
ask-exact = この日時で見てみる
ask-people = どなたを招待しますか？
ask-people_picker = 参加者を選ぶ
ask-people_send = 招待する
ask-everyone = このグループの全員
ask-alone = 自分だけ
ask-what = 何の会議ですか？
ask-title_hint = 例：企画レビュー
ask-title_send = この件名にする
ask-only = 回答できるのは{ $name }さんだけです。

## 会議

meeting-working_title = 予約しています：{ $title }
meeting-working_button = 予約中…
meeting-booked_title = 予約しました：{ $title }
meeting-summary = 予約しました：{ $title }、{ $when }
meeting-undone_title = 取り消しました：{ $title }
meeting-undone = 全員のカレンダーから削除しました。
meeting-cancelled_title = 中止：{ $title }
meeting-cancelled = この会議はカレンダーから削除されました。
meeting-dropped_title = やめました：{ $title }
meeting-dropped = 何も予約していません。下のボタンで探し直すか、もう一度お声がけください。
meeting-when = **{ $when }** · { $length }
meeting-people = 参加者：
meeting-repeats = 繰り返し：
meeting-join = ビデオ会議に参加
meeting-open = カレンダーで開く
meeting-refresh = 出欠を更新
meeting-undo = 取り消す
meeting-undo_confirm = 「{ $title }」を全員のカレンダーから削除しますか？
meeting-again = 別の日時を探す
meeting-invited = { $name }さんが予約しました。出欠はカレンダーで回答してください。

joined-accept = <font color='green'>✓</font> 参加（{ $count }）：{ $names }
joined-tentative = <font color='orange'>?</font> 仮参加（{ $count }）：{ $names }
joined-waiting = <font color='grey'>…</font> 未回答（{ $count }）：{ $names }
joined-decline = <font color='red'>✗</font> 不参加（{ $count }）：{ $names }

repeats-daily = { $every ->
    [1] 毎日
   *[other] { $every }日ごと
}
repeats-workdays = 平日（月曜日から金曜日）
repeats-weekday = { $day }
repeats-weekly = { $every ->
    [1] 毎週
   *[other] { $every }週間ごと
}
repeats-weekly_on = { $every ->
    [1] 毎週{ $days }
   *[other] { $every }週間ごとの{ $days }
}
repeats-monthly = { $every ->
    [1] 毎月
   *[other] { $every }か月ごと
}
repeats-yearly = { $every ->
    [1] 毎年
   *[other] { $every }年ごと
}
repeats-until = { $often }（{ $day }まで）
repeats-other = 定期的

## 空き時間

free-title = { $count ->
    [1] { $names }の空き時間
   *[other] みなさんの空き時間：{ $names }
}
free-window = { $when } · { $zone }
free-times = { $count ->
    [1] 空いている時間：
   *[other] 全員が空いている時間：
}
free-times_for = { $count ->
    [1] { $length }以上空いている時間：
   *[other] 全員が{ $length }以上空いている時間：
}
free-day = **{ $day }**  { $times }
free-none = { $count ->
    [1] この期間に空きはありません。「来週」のように、もう少し長い期間でお試しください。
   *[other] この期間に全員の空きはありません。「来週」のように、もう少し長い期間でお試しください。
}
free-more = …ほか{ $count }件。
free-unknown = { $names }のカレンダーは見られないため、含めていません。
free-privacy = 表示するのは空きかどうかだけで、予定の内容は表示しません。

## ヘルプ

help-title = できること
help-intro = みなさんの空き時間を探して、会議を予約します。グループで私をメンションするか、直接メッセージを送ってください。
help-line = **{ $command }** { $title }
help-command = { $command }
help-say = たとえば：
help-all = すべての項目
help-topic_title = ヘルプ：{ $title }
help-footer = 予約ボタンを押すまで、カレンダーには何も書き込みません。
help-meet_title = 会議を予約する
help-meet = 誰と、いつかを教えてください。みなさんの空きを見て候補を出し、押された日時で予約します。ご本人は必ず招待されます。長さの指定がなければ30分です。
help-meet_examples =
    · /meet @Bob 30分 明日の午前
    · 金曜の15時に @Alice とコーヒー
    · 来週 @Alice と @Bob と45分の打ち合わせ
help-find_title = 空いている時間を探す
help-find = 日や時間帯を教えてください。みなさんが空いている時間を、理由と一緒にお出しします。
help-find_examples =
    · /find 1h 来週 @Alice @Bob
    · 木曜にみんなが空いているのはいつ？
help-free_title = 空きを見る
help-free = 空きか予定ありかだけを表示します。予定の内容は表示しません。
help-free_examples =
    · /free @Alice @Bob 明日
    · @Bob は木曜の午後空いてる？
help-undo_title = 会議を取り消す
help-undo = ここで最後に予約した会議を「取り消す」ボタン付きでもう一度お見せします。取り消すと、全員のカレンダーから削除されます。
help-undo_examples = · /undo
help-settings_title = タイムゾーン
help-settings = お住まいのタイムゾーンを教えていただければ、その時刻で読み書きします。
help-settings_examples =
    · /settings
    · /settings timezone Asia/Tokyo
help-login_title = 本人として予約する
help-login = 一度ログインすると、予約した会議はあなた自身のものになります。あなたのカレンダーに入り、主催者もあなたです。やめるときは /logout と書いてください。
help-login_examples =
    · /login
    · /logout
help-help_title = 使い方
help-help = /help のあとに項目を書いてください。例：/help meet
help-help_examples =
    · /help
    · /help meet
help-not_understood_title = うまく読み取れませんでした
help-not_understood = 会議の調整が仕事ですが、お願いの内容が見つかりませんでした。たとえばこのように書いてください：
help-not_yet_title = まだできません
help-not_yet = 「{ $wish }」ですね。申し訳ありませんが、まだできません。できることはこちらです：
wish-agenda = 予定を見る
wish-search = 会議を探す
wish-move = 会議の日時を変える
wish-extend = 会議を延ばす・短くする
wish-cancel = 会議を中止する
wish-rsvp = 招待に回答する
wish-invite = 参加者を追加する
wish-uninvite = 参加者を外す
wish-room = 会議室を予約する
wish-poll = 投票を始める
wish-remind = リマインダーを設定する
wish-meeting_chat = 会議のチャットを作る
wish-minutes = 議事録を作る
wish-timeoff = 休暇を登録する
wish-calendars = カレンダーを管理する
wish-share = カレンダーを共有する
wish-subscribe = カレンダーを購読する
wish-caldav = CalDAV で端末をつなぐ
wish-exchange = Exchange をつなぐ
help-unknown_title = そのコマンドは分かりません
help-unknown = **{ $name }** というコマンドはありません。こちらではありませんか？

greeting-title = はじめまして、Daylark です
greeting-hello = { $name }さん、こんにちは！
greeting-hello_all = みなさん、こんにちは！
greeting-what = 会議の日時を探して予約します。たとえば：

## できないとき

problem-title = このままではできません
problem-or = もしかして、こちらですか？
problem-past = その時刻はもう過ぎています。これからの日時を教えてください。
problem-backwards = 終了が開始より前になっています。開始と終了をもう一度教えてください。
problem-too_long = 会議は24時間までです。もう少し短い時間を教えてください。
problem-impossible = その日付または時刻は存在しません。別の日時を教えてください。
problem-contradiction = 曜日と日付が合っていません。どちらの日か教えてください。
problem-far = 先すぎて予定を立てられません。もう少し近い日付を教えてください。
problem-unexpected = こちらで問題が起きました。少し待ってから、もう一度お試しください。
problem-strangers = { $names }さんが見つかりません。@ でメンションすると確実です。
problem-nothing_to_undo = ここには取り消せるご自分の会議がありません。取り消せるのは、このチャットで私が予約したものだけです。
problem-zone = 「{ $name }」というタイムゾーンはありません。近いもの：{ $near }。このように書いてください：/settings timezone Asia/Tokyo
error-platform_busy = カレンダーが混み合っています。1分ほどしてからもう一度お試しください。
error-platform_down = カレンダーから応答がありません。1分ほどしてからもう一度お試しください。
error-platform_refused = カレンダーに断られましたが、理由が分かりません。もう一度お試しいただくか、管理者にログの確認を依頼してください。
error-invalid_request = カレンダーへの依頼の仕方を間違えたようです。お手数ですが、管理者にログの確認を依頼してください。
error-needs_login = これにはご本人の許可が必要です。先に /login でログインしてください。
error-forbidden = カレンダー側で許可されませんでした。管理者に権限の確認を依頼してください。
error-missing_scope = 権限が足りません（次のどれか一つ）：{ $scopes }。管理者が開発者コンソールの「権限管理」で有効にし、新しいバージョンを公開する必要があります。
error-not_found = 見つからなくなっています。もう一度お声がけください。
error-gone = その間に削除されたようです。もう一度お声がけください。
error-setup = まだ設定が終わっていません。このメッセージを管理者に見せてください。直すところはログに書いてあります。
error-quota = 今月の呼び出し回数を使い切りました。管理者がプランを上げられます。
error-login_again = ログインの有効期限が切れました。/login でもう一度ログインしてください。
error-others_login = この会議を予約した人がもう一度ログインするまで、確認も変更もできません。
error-person_unavailable = このアカウントはもう使われていません。
error-no_such_person = 組織の中に見つからない人がいます。
error-no_such_chat = このチャットが見つかりません。
error-no_such_room = この会議室が見つかりません。
error-no_such_calendar = このカレンダーが見つかりません。
error-not_in_chat = そのグループに私が入っていません。先に追加してください。
error-not_invited = その人または会議室は、この予定に入っていません。
error-not_subscribed = このカレンダーは購読していません。
error-calendar_forbidden = そのカレンダーを変更する権限がありません。持ち主に共有を頼んでください。
error-calendar_gone = このカレンダーは削除されました。
error-event_forbidden = この予定を変更できるのは主催者だけです。
error-event_gone = この予定は削除されました。
error-guests_hidden = 主催者が参加者の一覧を隠しています。
error-invite_forbidden = この予定に人を招待できるのは主催者だけです。
error-uninvite_forbidden = この予定から人を外せるのは主催者だけです。
error-message_gone = そのメッセージは取り消されたか、古くて変更できません。
error-chat_gone = このグループは解散しました。
error-muted = そこには書き込めません。
error-content_risk = この文面はプラットフォームに受け付けられません。別の言い方にしてください。
error-room_forbidden = この会議室は予約できません。
error-room_taken = この会議室はその時間にもう予約されています。
error-admin_only = これができるのは組織の管理者だけです。
error-chat_owner_only = これができるのは会議チャットのオーナーだけです。
error-no_meeting_chat = この予定にはチャットを作れません。参加者が二人以上いて、一覧が見える必要があります。
error-no_minutes = この予定には議事録を作れません。参加者が一人以上いて、お互いが見える必要があります。
error-timeoff_forbidden = 削除できるのは、私が登録した休暇だけです。
error-subscriptions_full = 購読できるカレンダーの数が上限に達しています。先にどれかを解除してください。
error-subscription_refused = このカレンダーは購読できません。
error-primary_stays = 自分のカレンダーは解除できません。
notice-title = Daylark
settings-shown = タイムゾーンは **{ $zone }**（{ $name }）です。変えるときは /settings timezone のあとに Asia/Tokyo のような名前を書いてください。
settings-zone_set = これからは **{ $zone }**（{ $name }）の時刻でご案内します。

## 本人として操作する

login-title = Daylark にログイン
login-what = ログインすると、予約した会議はあなた自身のものになります。あなたのカレンダーに入り、主催者もあなたです。
login-button = ログイン
login-only_you = このボタンはあなた専用で、15 分以内に 1 回だけ使えます。やめるときは /logout と書いてください。
login-done_title = ログインしました
login-done = これからここで予約する会議は、あなた自身のものになります。やめるときは /logout と書いてください。
login-over_title = まだ予約していません：{ $title }
login-over = ログインの有効期限が切れたため、あなたのカレンダーに書き込めません。断りなく別の名義で予約することもしません。もう一度ログインして「もう一度試す」を押すか、私が主催してあなたを招待するかを選んでください。
login-again = もう一度試す
login-book_as_bot = Daylark が主催する
login-over_then = これからずっと私が主催してよければ、/logout と書いてください。
login-wrote_privately = 個別のチャットに送りました。ログインのボタンはあなただけに見せます。
login-out = ログアウトし、トークンも消しました。これからは私が会議を主催し、あなたを招待します。
login-was_out = ログインしていないので、消すものはありません。
login-off = ここではログインがまだ使えません。管理者に見せてください。設定 { $setting } がありません。
login-page_title = ログインしました
login-page_problem = うまくいきませんでした
login-welcome = このページを閉じて、チャットに戻ってください。
login-foreign = このログイン用リンクは私が出したものではないか、途中で切れています。チャットで私に /login と書くと、新しいリンクを送ります。
login-expired = このログイン用リンクは期限切れです。チャットで私に /login と書くと、新しいリンクを送ります。
login-used = このログイン用リンクはもう使われています。まだログインを求められるときは、チャットで私に /login と書いてください。
login-denied = 許可されなかったので、何も変わっていません。もう一度試すときは、チャットで私に /login と書いてください。
login-other_person = このログイン用リンクは別の人のものです。あなたのログインは保存していません。チャットで私に /login と書くと、あなたのリンクを送ります。
login-failed = いまプラットフォームから返事がなく、何も保存していません。1 分ほどしてから、チャットで私に /login と書いてください。

## 押した人への短い返事

toast-working = 処理しています。まもなくカードが変わります。
toast-not_yours = 決められるのは{ $name }さんだけです。ご自分の予約は私をメンションしてください。
toast-stale = このカードは古くなっています。最新のカードを使うか、もう一度お声がけください。
toast-gone = この依頼の記録が残っていません。もう一度お声がけください。
toast-slot_past = その時刻はもう過ぎています。別の候補をお選びください。
toast-booked = 予約しました。
toast-already_booked = この会議はすでに予約済みです。
toast-just_taken = たった今、{ $names }さんに予定が入りました。新しい候補をご覧ください。
toast-already_closed = これはもう終わっています。何も変わっていません。
toast-undone = 取り消しました。全員のカレンダーは元どおりです。
toast-pick_time = 先に日付と時刻を選んでください。
toast-login_sent = 先にログインしてください。個別のチャットに送りました。
toast-login_over = ログインの有効期限が切れています。まだ予約していません。
