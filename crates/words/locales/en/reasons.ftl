reason-accused = Said to be responsible in this report.
reason-above-accused = Directs { $institution }, which is said to be responsible.
