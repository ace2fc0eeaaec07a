problem-not-found-title = This page or record was not found.
problem-not-found-next = Check the address. If you came from a link, the record may have been withdrawn.
