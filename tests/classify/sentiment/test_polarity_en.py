"""A hundred English sentences that trip word counters: negation, inability, but, requests, politeness, sarcasm."""

from __future__ import annotations

import pytest

from vocmine.classify import SentimentClassifier

NEGATIVE, NEUTRAL, POSITIVE = "negative", "neutral", "positive"
TABLE = {
    NEGATIVE: """
I am not happy with the answer
The staff were not helpful
It is not easy to use
This is hardly useful
It was never comfortable
The room was not clean at all
I don't like the new version
They didn't fix anything
Not a pleasant experience
It isn't worth the price
I wouldn't recommend it
No one was friendly
Nothing about it is good
I can't log in anymore
I cannot open the attachment
The app won't start
It doesn't connect to the wifi
My parcel never arrived
I couldn't get through to anyone
The refund still has not arrived
My card does not work abroad
The page fails to load
It keeps freezing
I still have no access
Nobody replied to my message
It looks good but breaks after a day
Friendly people but the service is far too slow
I wanted to love it but it is a mess
It used to be great
The old version was better
Although the room was nice, the noise was unbearable
I paid for express and it came two weeks late
You promised a call and nobody called
I asked for a quiet room and got one above the bar
Great, another outage
Thanks for losing my order
Nice work, you charged me twice
Just great, the flight is cancelled again
Wonderful service, three hours on hold
So much for customer care
Love it when my luggage goes missing
I was charged for something I never ordered
They changed the plan without telling me
The worst part is that nobody cares
I regret buying this
What a disappointment
I had to throw it away
Please fix this, it crashes all the time
I am tired of repeating myself
You have lost my trust
""",
    POSITIVE: """
No problems whatsoever
I have no complaints
Not bad at all
Nothing to complain about
I never had any trouble with it
It did not disappoint
I couldn't be happier
Can't recommend it enough
It was not noisy and we slept well
There was no waiting
It is small but works great
Expensive but worth every cent
I was sceptical but I love it now
The flight was late but the crew was wonderful
At first it was confusing, now it is easy
Thank you for sorting it out so quickly
You have been very helpful
The agent solved it in minutes
Finally a company that listens
We will definitely come back
Hands down the best support
Exactly what I was looking for
Everything worked perfectly
I feel well looked after
Such a kind and patient man
""",
    NEUTRAL: """
Could you please send me the invoice
I would like to change my address
Please call me back tomorrow
I'd like to know my balance
Can I get a copy of the contract
How do I reset my password?
What time do you open?
Is breakfast included?
Do you ship to Norway?
Where can I see my points?
I have a question about my policy
Thank you in advance for your help
Dear team, I hope you are well
Kind regards, Anna
I am writing about order 1234
My flight is on Tuesday
The booking is under my husband's name
I have not received the form yet, could you send it
It would be nice to have a dark mode
Please add an option to sort by date
I need help with my login
I want to cancel my booking for Friday
We are arriving at noon
The model number is on the back
The meeting is on the third floor
""",
}


def rows() -> list[tuple[str, str]]:
    return [(label, line) for label, block in TABLE.items() for line in block.strip().splitlines()]


def test_nine_of_ten_are_right() -> None:
    table = rows()
    guesses = SentimentClassifier().predict([text for _, text in table])
    wrong = [f"{text} ({label}, said {guess})" for (label, text), guess in zip(table, guesses, strict=True) if label != guess]
    assert len(table) >= 100
    assert len(wrong) <= 0.10 * len(table), "\n".join(wrong)


@pytest.mark.parametrize("label", sorted(TABLE))
def test_no_class_is_left_behind(label: str) -> None:
    texts = [text for name, text in rows() if name == label]
    guesses = SentimentClassifier().predict(texts)
    assert (guesses == label).mean() >= 0.80
