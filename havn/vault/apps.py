"""The app as Django sees it, and what it hangs into accounts."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "havn.vault"
    label = "vault"

    def ready(self) -> None:
        from havn.accounts import hooks
        from havn.vault import (
            keeping,
            memory,
            menu,
            permissions,  # noqa: F401 - declares its rows
            server_key,
        )
        from havn.vault.actions.members import member_left, take_out_where_no_role
        from havn.vault.actions.staff_keys import change_password, prepare_staff_key
        from havn.vault.password_keys import open_staff_key

        menu.register_menu()
        keeping.register()
        hooks.register_key_opener(open_staff_key)
        hooks.register_key_maker(prepare_staff_key)
        hooks.register_key_rewrapper(change_password)
        hooks.register_secret_sealer(server_key.seal_for_server, server_key.open_for_server, server_key.DoesNotOpen)
        hooks.register_session_changed(take_out_where_no_role)
        hooks.register_session_changed(memory.forget_user_on_commit)
        hooks.register_member_removed(member_left)
