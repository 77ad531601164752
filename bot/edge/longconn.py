"""Updates over a connection we open: no public address, no signature, the same answers within the same three seconds.

The line itself (frames, pings, opening it again) is ``bot.feishu.longconn``; here is what happens to what arrives.
"""

from __future__ import annotations

import json
import time

from bot import log
from bot.edge.reception import Reception
from bot.feishu.auth import Auth
from bot.feishu.inbound import Rejected, read
from bot.feishu.longconn import LongConnection
from bot.metrics import Metrics

logger = log.get(__name__)


def connection(auth: Auth, reception: Reception, metrics: Metrics) -> LongConnection:
    """The line with the reception at its end."""

    async def take(payload: bytes) -> bytes:
        began = time.perf_counter()
        try:
            answer = await reception.take(read(json.loads(payload), secrets=reception.secrets))
        except (Rejected, ValueError) as rejected:
            reason = rejected.reason if isinstance(rejected, Rejected) else "not_json"
            metrics.refused.labels(reason).inc()
            logger.warning("update_refused", reason=reason, detail=str(rejected))
            raise  # told as a failure: the platform delivers again, as a missing 200 makes it do over a webhook
        metrics.ack.observe(time.perf_counter() - began)
        return answer

    return LongConnection(auth, take)
