"""Study: in a notebook all that the daily job gives, from contacts and a few settings, in few lines.

`Study` stands on `vocmine.batch.analysis.Analysis`, as the daily job does: there is no second way to a figure.
"""

from vocmine.study.study import Study

__all__ = ["Study"]
