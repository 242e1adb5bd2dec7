"""The app as Django sees it."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class TenancyConfig(AppConfig):
    name = "havn.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        from havn.common.page_cache import pages_change_with
        from havn.tenancy import keeping
        from havn.tenancy.models import Centre, CentreHost
        from havn.tenancy.queries import forget_known_hosts

        for model in (Centre, CentreHost):
            post_save.connect(forget_known_hosts, sender=model, dispatch_uid=f"known-hosts-saved-{model.__name__}")
            post_delete.connect(forget_known_hosts, sender=model, dispatch_uid=f"known-hosts-gone-{model.__name__}")
        pages_change_with(self.get_models())
        keeping.register()
