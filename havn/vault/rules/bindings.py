"""What each sealed key is bound to. A wrap moved to another row, person or service no longer opens."""


def staff_key_aad(user_id: int, public: bytes) -> bytes:
    """A member's private half, under their password."""
    return f"havn staff key 1:{user_id}:".encode() + public


def member_info(service_id: int, generation: int, user_id: int) -> bytes:
    """A team's private half, sealed to one member."""
    return f"havn team key 1:{service_id}:{generation}:member:{user_id}".encode()


def recovery_info(service_id: int, generation: int) -> bytes:
    """A team's private half, sealed to the recovery key."""
    return f"havn team key 1:{service_id}:{generation}:recovery".encode()


def conversation_info(service_id: int, generation: int) -> bytes:
    """A conversation's key, sealed to the team."""
    return f"havn conversation key 1:{service_id}:{generation}".encode()
