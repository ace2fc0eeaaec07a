# The card that prints digits and nothing else: after filing, and on the receipt page.

card-title = Print a card
card-help = It shows the digits and nothing else: no name, no address. Whoever holds it can open your report.
card-make = Make the card
card-print = Print
card-away = Put the card away
card-code = The same digits as a picture
