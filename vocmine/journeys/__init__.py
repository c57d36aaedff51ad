"""Journeys: chains of one customer's contacts, repeats, transfers, one-touch, and what comes before and after.

Small functions over the contacts (and tags): each says its n and its interval, and leaves out what the data can't tell.
"""

from vocmine.journeys._chains import around, chain_lengths, chains, timelines
from vocmine.journeys.breaks import answer_divergence, break_points
from vocmine.journeys.complexity import channel_complexity, reason_complexity
from vocmine.journeys.demand import demand_split, guardrail
from vocmine.journeys.flows import bot_handover, channel_transitions, reason_transitions, transfer_matrix
from vocmine.journeys.handoffs import misroute_rate, team_handoffs
from vocmine.journeys.loyalty import handle_time_loyalty
from vocmine.journeys.measures import standard_measures
from vocmine.journeys.paths import channel_preference, journey_paths
from vocmine.journeys.praise import praise_by, praised_things
from vocmine.journeys.rates import came_back, first_contact_resolution, one_touch_share, repeat_rate
from vocmine.journeys.returns import channel_returns
from vocmine.journeys.risk import at_risk
from vocmine.journeys.risk_groups import at_risk_by
from vocmine.journeys.sources import source_gaps, source_lags
from vocmine.journeys.teams import csat_by_team, team_effects
from vocmine.journeys.touches import one_touch_by, one_touch_cells
from vocmine.stats import newcombe, wilson

__all__ = [
    "answer_divergence", "around", "at_risk", "at_risk_by", "bot_handover", "break_points", "came_back",
    "chain_lengths", "chains", "channel_complexity", "channel_preference", "channel_returns", "channel_transitions",
    "csat_by_team", "demand_split", "first_contact_resolution", "guardrail", "handle_time_loyalty", "journey_paths",
    "misroute_rate", "newcombe", "one_touch_by", "one_touch_cells", "one_touch_share", "praise_by", "praised_things",
    "reason_complexity", "reason_transitions", "repeat_rate", "source_gaps", "source_lags", "standard_measures",
    "team_effects", "team_handoffs", "timelines", "transfer_matrix", "wilson",
]
