"""Work that happens by itself, registered with `live`: each sweep is short and safe in several processes."""

from havn.accounts.api import lock_idle_sessions
from havn.helpline.actions import closing, leases, quiet
from havn.helpline.rules.duty import SWEEP_EVERY_S
from havn.live import registry as live


def register() -> None:
    """Hang the sweeps, the leases and the presence of visitors into `live`."""
    live.register_startup(leases.grace)
    live.register_pong(leases.renew)
    live.register_presence(quiet.presence)
    live.register_typing(quiet.typing)
    live.register_sweep(SWEEP_EVERY_S, leases.sweep_lost)
    live.register_sweep(5, _idle)
    live.register_sweep(5, leases.sweep_staffing)
    live.register_sweep(5, leases.sweep_pauses)
    live.register_sweep(10, quiet.sweep_away)
    live.register_sweep(10, quiet.sweep_silence)
    live.register_sweep(30, closing.sweep_closing)
    live.register_sweep(60, leases.sweep_forgotten)


def _idle(now_ms: int) -> None:
    lock_idle_sessions()
