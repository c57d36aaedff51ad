"""Personal data in English: names, addresses of the US and the UK, numbers of banks and papers, and near misses."""

from __future__ import annotations

import re

import pytest

from vocmine.text import mask_pii

FOUND = """
My name is {John Smith}.
This is {Kate Miller} calling about my bill.
I spoke with {Michael} yesterday.
{Sarah} from support was rude.
Agent {Daniel} hung up on me.
Thanks, {Emily}
Mr. {Johnson} promised a refund.
{Jennifer Lopez} told me to wait.
Talked to {Robert Brown} at the branch.
Ask for {Jessica} at the desk.
Dear {Mr Wilson}, my order is late.
Hi {David}, thanks for your reply.
I was helped by {Amanda} at the front desk.
The technician, {Kevin}, never showed up.
Please call {Laura Martinez} back.
name: {alice cooper}
Customer name is {Priya Sharma}
My husband {James} is on the account.
account under {Olivia Chen}
Billing contact: {Ahmed Khan}
Send it to {221B Baker Street, London NW1 6XE}.
I live at {1600 Pennsylvania Avenue NW, Washington, DC 20500}.
My address is {742 Evergreen Terrace, Springfield, IL 62704}.
Ship to {PO Box 1234, Austin, TX 78701}.
We moved to {12 High Street, Oxford OX1 4DB}.
{55 W 3rd St Apt 4B, New York, NY 10012} is my address
{Flat 3, 27 Station Road, Leeds LS1 4DY}
deliver to {9 Elm Ct., Boise, ID 83702}
{100 S Main St, Suite 200, Dayton OH 45402}
zip {94105}
my zip code is {10001-1234}
Postcode {SW1A 1AA} please
My postcode is {M1 1AE}
SSN {123-45-6789}
my social security number is {123 45 6789}
IBAN {GB29 NWBK 6016 1331 9268 19}
routing number {021000021} account {000123456789}
sort code {20-00-00}
my account number is {98765432}
NI number {QQ 12 34 56 C}
passport number {512345678}
driver's license {D1234567}
call me at {(415) 555-0132}
my cell is {415.555.0132}
UK mobile {07700 900123}
{+44 7700 900123}
tel {020 7946 0958}
card {4111 1111 1111 1111}
email {jane.doe@example.com}
{jane_doe at gmail dot com}
""".strip().splitlines()

STAYS = """
Order number 12345678 has not arrived.
Order #112-3456789-1234567 is late.
I was on flight 1234 to Boston.
Version 10.15.7 crashes.
error code 80070005
The price is $1,299.00.
I paid 1299 USD on 2026-11-21.
It happened at 10:30 on 11/21/2026.
Model WX-3000 is broken.
serial SN123456789
tracking number 1Z999AA10123456784
I waited 45 minutes on hold.
5 stars great place to stay
iPhone 15 Pro Max stopped working.
Windows 11 update KB5034441 failed.
The White House tour was great.
New York is expensive.
I flew United Airlines from San Francisco.
Customer Service was awful.
Thank You so much
Best Buy refused the return.
Google Maps is wrong.
Dear Customer Support, help
Hi Team, thanks
Hi there, I need help
Thanks, The Team
Amazon Prime is late
I love Grace Kelly Hotel
Main Street is closed.
room 305 was dirty
reference 2026112100
case 00123456 closed
my flight AA100 was cancelled
10 minutes drive from the airport
2 day delivery took 5 days
24 Hour Drive Thru
100 Great Way to spend money
Ticket INC0012345
May was a good month
Will it work in April?
I asked for a Mark on the map
Bill was wrong again
Agent said no
spoke with Billing yesterday
I spoke with Customer Care
Spoke to Manager
Contact Us page is down
My name is wrong on the bill
my name is misspelled
name is not shown
This is Not acceptable
This is So Bad
I'm So Tired
2020 was bad
build 20240115
Call of Duty 4 crashes
page 404
IP version 6
I'm in Paris now
We visited St Paul
I'm Happy
""".strip().splitlines()


@pytest.mark.parametrize("marked", FOUND)
def test_secrets_are_masked(marked):
    secrets = re.findall(r"{(.*?)}", marked)
    masked = mask_pii([marked.replace("{", "").replace("}", "")])[0]
    assert secrets
    for word in re.findall(r"\w+", " ".join(secrets)):
        assert len(word) == 1 or word == "Mr" or not re.search(rf"\b{re.escape(word)}\b", masked), masked
    for word in re.sub(r"{.*?}", " ", marked).split():
        assert word.strip(".,") in masked  # nothing else goes


@pytest.mark.parametrize("text", STAYS)
def test_near_misses_stay(text):
    assert mask_pii([text]) == [text]


@pytest.mark.parametrize(("text", "masked"), [
    ("Customer: my name is Wilhelmina Harding\nAgent: Thanks Wilhelmina", "Customer: my name is [NAME]\nAgent: Thanks [NAME]"),
    ("Mr Wilson called. I told wilson so, and Wilsons too", "Mr [NAME] called. I told wilson so, and Wilsons too"),
    ("my name is April May. It came in April", "my name is [NAME]. It came in April"),
])
def test_a_name_said_once_is_found_again(text, masked):
    assert mask_pii([text]) == [masked]
