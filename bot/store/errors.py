"""What can go wrong between us and the database.

StoreError
├── StoreUnavailable     the database did not answer in time
│   └── CommitUnknown    the line was lost while committing: it may or may not have been written
├── LeaseLost            somebody else has taken this job over; the attempt must stop without a trace
└── StaleRevision        somebody changed the row since it was read
"""

from __future__ import annotations


class StoreError(Exception):
    """The root of the store's errors."""


class StoreUnavailable(StoreError):
    """The database did not answer in time; nothing was written."""


class CommitUnknown(StoreUnavailable):
    """The connection broke during the commit: only units that may be repeated safely can go on."""


class LeaseLost(StoreError):
    """The job belongs to another attempt now."""


class StaleRevision(StoreError):
    """The row has a newer revision than the one the change was made from."""
