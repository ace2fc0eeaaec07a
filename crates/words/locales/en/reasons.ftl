# Why an institution stands in one of the three lists, or is proposed. Codes of institutions fill the placeholders.
reason-accused = Said to be responsible in this report.
reason-same-body = The same body as { $institution }, which is said to be responsible.
reason-above-accused = Directs { $institution }, which is said to be responsible.
reason-below-accused = Is directed by { $institution }, which is said to be responsible.
reason-same-line = Belongs to the same line of command as { $institution }, which is said to be responsible.
reason-shares-key = Uses the same key as { $institution }, so it could read along.
reason-shares-member = Has a member who also works for { $institution }.
reason-shares-mailbox = Gets its mail in the same mailbox as { $institution }.
reason-shares-recovery = Holds a piece of a recovery key together with { $institution }.
