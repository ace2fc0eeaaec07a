statistics-recorded-not-occurred = Recorded, not occurred; hidden is not zero.
statistics-why-hidden = Hidden: fewer than 20, or too few sources, or mostly from one source. Hidden is not zero.
statistics-method = Each number is rounded at random to a multiple of 10 so that the average is right; numbers under 20 are not shown; totals are rounded separately.
statistics-show-as = Show as { $period }

# Why a table is not published: the codes of refusals.
statistics-unknown-table = The plan has no such table.
statistics-period-too-short = This table is only made for longer periods.
statistics-period-not-over = This period is not over yet.
statistics-already-published = This table was already published for this time. Each is published once.
statistics-unsafe = Somebody could work out small numbers from this table and the earlier ones. It is not published.
