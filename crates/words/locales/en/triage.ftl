triage-days-left = { $days ->
    [one] { $days } day left
   *[other] { $days } days left
}
triage-date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
triage-days-over = { $days ->
    [one] { $days } day over
   *[other] { $days } days over
}
triage-hours-left = { $hours ->
    [one] { $hours } hour left
   *[other] { $hours } hours left
}
triage-clock-u0 = Within an hour
triage-clock-u1 = Within a day
triage-clock-u2 = Within three days
triage-clock-u3 = Within a week
triage-clock-u4 = Within two weeks
triage-why-device-saw-more = Sealed record says it is urgent
triage-why-standard = No special urgency
triage-why-danger-now = Somebody is still in danger
triage-why-person-missing = A person is missing
triage-why-removal-under-way = Removal may happen now
triage-why-care-denied-now = Medical care is refused now
triage-why-held-for-ransom = A person is held for money
triage-why-child-alone = A child is alone
triage-why-medical-window = Medical help works only if soon
triage-why-trafficking-signs = Signs of trafficking
triage-why-person-held = A person is held
triage-why-death = A person died
triage-why-injury-fades = Injuries must be documented soon
triage-why-reprisal = Somebody suffers for reporting
triage-why-helper-accused = A helper is said to be responsible
triage-why-identity-violence = Harm because of who they are
triage-why-child-track = A child is concerned
triage-why-self-harm-risk = A person may harm themselves
triage-stage-filed = Filed
triage-stage-acknowledged = Acknowledged
triage-stage-in-triage = In triage
triage-stage-referred = Referred
triage-stage-answered = Answered
triage-stage-closed = Closed
triage-stage-withdrawn = Withdrawn
triage-stage-shredded = Destroyed
triage-deadline-acknowledge = Acknowledge
triage-deadline-feedback = Feedback
triage-deadline-of = { $what }: { $left }
triage-answer = Answer
triage-answer-of = Answer of { $institution }
triage-signature-missing = signature missing
triage-overdue = time is over
triage-paused = paused
triage-clock-paused = Answer to the person: stands still since { $since } · { $why }
triage-clock-paused-until = It runs on by itself on { $until }.
