# Mail to members: constant, without a word about any case.
notice-duty-subject = A person should look now
notice-duty-body = Something on the mechanism needs a person now. Sign in to see it. This mail says nothing about it.
notice-digest-subject = Something new is waiting
notice-digest-body = Something new is waiting on the mechanism. Sign in to see it. This mail says nothing about it.
notice-deadline-subject = A deadline is near
notice-deadline-body = A deadline on the mechanism is near. Sign in to see it. This mail says nothing about it.
notice-membership-subject = Your membership changed
notice-membership-body = Something about your access to the mechanism changed. Sign in to see it. If you did not expect this, tell your institution.

# What a lead asks the person who reported, with one click.
notice-ask-signature = We can ask { $institution } to act on your report. They act only with your signature, or with a paper that lets somebody sign for you. Is it safe for you? Then write on paper “I ask you to act on my report”. Sign it, and add a photo of it here. Or write here how we can reach you for it. You do not have to: your report is kept either way.
