problem-not-found-title = Nothing was found here.
problem-not-found-next = Check the address. It may have been withdrawn, or you may not be able to see it.

problem-method-unknown-title = This address cannot do that.
problem-method-unknown-next = Check the list of addresses and what each one does.

problem-type-unsupported-title = This kind of content is not taken here.
problem-type-unsupported-next = Send the content type that this address names.

problem-body-too-large-title = This is too large to take in one piece.
problem-body-too-large-next = Send large files through the upload address, piece by piece.

problem-body-cut-title = The sending stopped before the end.
problem-body-cut-next = Nothing was kept from this attempt. Send it again; sending the same twice does no harm.

problem-body-too-slow-title = The sending took too long.
problem-body-too-slow-next = Nothing was kept from this attempt. Try again where the network is better; sending the same twice does no harm.

problem-body-unreadable-title = The content could not be read.
problem-body-unreadable-next = Check that the program that sent it is up to date, and send it again.

problem-body-shape-title = The content does not have the form that is needed.
problem-body-shape-next = Check that the program that sent it is up to date. A field may be missing, doubled or unknown.

problem-fields-refused-title = Some fields cannot be taken as they are.
problem-fields-refused-next = Look at the fields that are named, change them, and send again.

problem-query-unreadable-title = A part of the address after the question mark could not be read.
problem-query-unreadable-next = Check the names and values after the question mark.

problem-header-unreadable-title = Something needed beside the content is missing or could not be read.
problem-header-unreadable-next = Check that the program that sent it is up to date.

problem-sign-in-needed-title = Please sign in first.
problem-sign-in-needed-next = Sign in with your key file, then try again.

problem-sign-in-refused-title = The sign-in did not work.
problem-sign-in-refused-next = Check that you chose your own, current key file. If it still fails, ask your institution.

problem-origin-refused-title = This request came from another website.
problem-origin-refused-next = Open our page itself and try again from there.

problem-conflict-title = Something changed in the meantime.
problem-conflict-next = Load it again, look at what is new, and repeat what you wanted to do.

problem-taken-title = Another report or message already has this name.
problem-taken-next = If you are sending again, send exactly the same content. If it is new, make a new one.

problem-gone-title = This was destroyed and cannot be brought back.
problem-gone-next = You can make a new report at any time.

problem-upload-version-title = This way of uploading is not known here.
problem-upload-version-next = Use version 1.0.0 of the tus protocol.

problem-upload-offset-title = The upload continues at another place.
problem-upload-offset-next = Ask how much has arrived, and continue from there.

problem-upload-busy-title = This upload is being written to right now.
problem-upload-busy-next = Wait a moment, then continue.

problem-envelope-unreadable-title = The sealed envelope could not be read.
problem-envelope-unreadable-next = Check that the program that sealed it is up to date, and seal it again.

problem-facets-refused-title = Some of the coded answers are not known here.
problem-facets-refused-next = Fetch the newest lists and seal the report again. Nothing you wrote is lost on your device.

problem-seal-refused-title = Something about the sealing is not right.
problem-seal-refused-next = Fetch the newest directory and seal the report again. Nothing you wrote is lost on your device.

problem-not-agreed-title = The person has not agreed to this.
problem-not-agreed-next = Ask the person first, or choose a purpose and parts they agreed to.

problem-reader-refused-title = This institution cannot receive this report.
problem-reader-refused-next = Look at the lists again and choose another institution.

problem-lead-only-title = Only the institution that answers for this report can do this.
problem-lead-only-next = Nothing was changed. Write to that institution if you think it is needed.
problem-second-member-title = A second member must do this.
problem-second-member-next = Ask a colleague who did not make this referral to look at it and sign.

problem-busy-title = There is a lot to do here at the moment.
problem-busy-next = Nothing was lost. Try again in a few seconds.

problem-unavailable-title = This service is not ready at the moment.
problem-unavailable-next = Nothing was lost on your device. Try again in a few minutes.

problem-internal-title = Something went wrong on our side.
problem-internal-next = It is not your fault. Try again; if it happens again, tell us the reference number.
problem-link-ended-title = This filing link has ended
problem-link-ended-next = Nothing is lost. Send the report without the link, or ask your organisation for a new one.
problem-puzzle-needed-title = Many people are filing right now
problem-puzzle-needed-next = Nothing is lost. Your device does a little work first, or waits a minute, and then sends again.

problem-statistics-period-unreadable-title = No period is written like this.
problem-statistics-period-unreadable-next = Write a year (2024), a half-year (2024-H1) or a quarter (2024-Q2).

problem-statistics-form-unknown-title = There is no such form of a table.
problem-statistics-form-unknown-next = Ask for csv or json.

problem-statistics-unknown-table-title = The plan has no such table.
problem-statistics-unknown-table-next = Use a code of the plan, such as T-A.

problem-statistics-period-too-short-title = This table is only made for longer periods.
problem-statistics-period-too-short-next = Ask for the half-year or the year around it.

problem-statistics-period-not-over-title = This period is not over yet.
problem-statistics-period-not-over-next = Ask again after its last day, or ask for an earlier period.

problem-statistics-already-published-title = This table was already published for a part of this time. Each is published once.
problem-statistics-already-published-next = Ask for the period that was published. Late reports count in the next one.

problem-statistics-unsafe-title = Somebody could work out small numbers from this table and the earlier ones. It is not published.
problem-statistics-unsafe-next = Where a longer period would be safe, it is named here. Ask for that one.
