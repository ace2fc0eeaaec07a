triage-days-left = { $days ->
    [one] Preostao { $days } dan
    [few] Preostala { $days } dana
   *[other] Preostalo { $days } dana
}
