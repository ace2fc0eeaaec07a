triage-days-left = { $days ->
    [one] { $days } day left
   *[other] { $days } days left
}
