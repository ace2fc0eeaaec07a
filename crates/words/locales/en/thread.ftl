# The receipt page: digits to status, answers and wishes.
thread-digits = Your 24 digits
thread-digits-help = Type them in groups of four, or paste them all. Any numerals will do.
thread-group = Group { $number } of 6
thread-good = The digits are complete.
thread-mistyped = One digit is different. Please compare each group.
thread-too-many = These are more than 24 digits.
thread-letter = Only digits, please.
thread-open = Open
thread-stays = These digits are not kept on this device. After 15 minutes without a touch this page forgets them.
thread-opening = Opening. This can take a few seconds.
thread-plain = See how your report stands without JavaScript
thread-close = Close and forget the digits
thread-working = One moment.

# What cannot be shown.
thread-unknown = Nothing can be shown for these digits.
thread-unreachable = There is no connection. Please try again later.
thread-altered = What came back does not fit what was signed. It is not shown.
thread-server = This did not work. Nothing was changed. Please try again later.
thread-stale = The list of who may read is too old. Please try again later.
thread-sent = Sent. It is sealed and kept.

# How things stand: the first line.
thread-standing-kept = Your report is kept. Nobody has read it yet.
thread-standing-held = Your report is kept for you alone. Nobody else can read it.
thread-standing-alone = Your report is kept, but nobody can read it now. Choose again below what may be done with it, so that somebody else can.
thread-standing-read = A person has read this.
thread-standing-told = A person is working on this. Your last message is there.
thread-standing-asks = A person has read this and asks you one thing.
thread-standing-referred = Somebody was asked to act on this.
thread-standing-answered = There is an answer for you.
thread-standing-closed = The work on this has ended.
thread-standing-withdrawn = You took this report back. Nobody can read it now.
thread-filed = Sent on { $day }.
thread-outcome = How it ended: { $outcome }.

# Messages.
thread-messages = Messages
thread-no-messages = There are no messages yet.
thread-you = You
thread-checked = Checked: it was signed by { $name }, and nobody changed it.
thread-checked-own = Checked: you wrote it, and nobody changed it.
thread-refused = This one does not fit what was signed. It is not shown.
thread-too-large = This file is too large to open here.
thread-show = Show
thread-show-blurred = Show it clearly
thread-listen = Turn the sound on
thread-save = Save this file
thread-yours = What you sent
thread-part-account = What you told
thread-part-identity = Name and contact
thread-part-coding = Your answers
thread-part-authority = Permission to speak for you
thread-part-evidence = File { $number }
thread-part-message = Message { $number }
thread-part-translation = Translation { $number }
thread-empty = Nothing was written here.
thread-kind-account = what you told
thread-kind-identity = name and contact
thread-kind-coding = your answers
thread-kind-authority = permission to speak for you
thread-kind-evidence = files
thread-kind-message = messages
thread-kind-translation = translations

# Writing.
thread-write = Write
thread-write-help = Only those who can read your report can read this.
thread-text = Your message
thread-attach = Add files
thread-attach-help = Files are sealed as they are. A photo may hold the place where it was taken.
thread-attach-large = This file is too large. A file may have 2 GB at most.
thread-nothing = Write something or choose a file first.
thread-interview = Tell what happened
thread-interview-help = This report does not tell yet what happened. You can write it now, alone or with somebody who asks you. It can be sent once; after that you can add messages.
thread-interview-text = What happened
thread-send = Seal and send

# Who can read.
thread-readers = Who can read what
thread-nobody = Nobody but you.
thread-reader-live = { $name } can read: { $parts }. Since { $since }.
thread-reader-held = { $name } can read if nobody answers: { $parts }.
thread-reader-ended = { $name } could read until { $until }: { $parts }.
thread-reader-withheld = { $name } did not get: { $parts }.
thread-for = For: { $purpose }
thread-asked = Who was asked to act
thread-asked-line = { $name }, on { $day }.
thread-asked-due = An answer is due by { $day }.
thread-asked-answered = Answered on { $day }: { $outcome }.
thread-asked-vital = They were asked without waiting for your yes, because a life or a child was in danger.
thread-paused = The answer takes longer. The reason they gave: { $why }. The time for it starts again on { $until } at the latest.

# Consent.
thread-consent = Change what may be done
thread-consent-help = A no never means less help. You can change this as often as you want.
thread-choice-alone = Lock it. Nobody reads it but me.
thread-choice-keep = Keep it and answer me
thread-choice-help = Help me
thread-choice-complain = Complain for me, without my name
thread-choice-complain-with-name = Complain for me, with my name
thread-choice-own = As I chose in more detail
thread-contact = Those who answer may see how to reach me
thread-counted = It may be counted, without anything that shows who I am
thread-more = More detail
thread-more-help = Each line is a yes to one thing. The one who answers decides whether to pass it on.
thread-twice = Careful: the police may tell others, must report some things, and may come back to you.
thread-named = I ask for one institution by name
thread-named-help = The institution that keeps your report will see this wish.
thread-named-none = No institution by name
thread-consent-send = Keep this choice
thread-consent-kept = Your choice is kept. It holds from now on.

# Taking back.
thread-withdraw = Take the report back
thread-withdraw-now = Nobody can read it from this moment on.
thread-withdraw-days = You can undo this for 7 days. Then it is destroyed.
thread-withdraw-cannot = What somebody has read cannot be unread. What an office already has, or what was published, stays there.
thread-withdraw-sure = I understand, and I want to take it back
thread-withdraw-send = Take it back
thread-undo = Keep it after all
thread-undo-days = You can still undo this. Days left: { $days }.
thread-undo-over = The seven days are over.
