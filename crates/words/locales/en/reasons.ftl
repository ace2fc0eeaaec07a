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

# Why an institution is proposed.
reason-child-alone = A child is alone: this office must look after the child. It gets the least it needs, no act and no name of the accused.
reason-child-alone-around = A child is alone, and only the wider area is told in the clear. Ask this office if the child is where it works: the sealed parts say where.
reason-fits = Can take this up, here and for what was reported.
reason-mandate-first = Is the first to turn to for this ({ $mandate }).
reason-breadth-oversight = A second body that watches over authorities, so that not all depends on one.
reason-breadth-non-state = An organisation outside the state, so that not all depends on authorities.
reason-service-through-lawyer = Help through { $institution }, so that nobody else learns of it.

# Who will hear of it.
reason-tells-always = Always tells the accused, and asks them for an answer.
reason-tells-usually = Usually tells the accused.
reason-tells-on-consent = Tells the accused only after a separate yes.
reason-tells-unknown = It is not known whether it tells the accused. Expect that it does.
reason-relays = Passes what it gets on to { $institution }.
reason-duty-to-report = Must by law report some things to the authorities.
reason-duty-unknown = It is not known whether it must report to the authorities. Expect that it must.
reason-influence = { $institution } has influence on it.
