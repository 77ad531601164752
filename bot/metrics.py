"""What is counted and measured, in Prometheus' words; ``/metrics`` shows it."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class Metrics:
    """One registry per app, so that two apps in one process (tests, the playground) do not mix their figures."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.updates = Counter(
            "daylark_updates", "Updates received, by kind and outcome.", ["kind", "outcome"], registry=self.registry
        )
        self.refused = Counter(
            "daylark_webhook_refused", "Requests the edge refused, by reason.", ["reason"], registry=self.registry
        )
        self.ack = Histogram(
            "daylark_ack_seconds",
            "From the request to its 200.",
            buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5),
            registry=self.registry,
        )
        self.handled = Histogram("daylark_handle_seconds", "From the job's start to its end.", registry=self.registry)
        self.failures = Counter(
            "daylark_failures", "Handlers that failed, by error.", ["error"], registry=self.registry
        )
        self.backlog = Gauge("daylark_backlog", "Jobs that wait.", registry=self.registry)
