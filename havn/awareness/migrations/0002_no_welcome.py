"""Wagtail's own migrations make a welcome page and a site for it. A centre's tree begins with the centre."""

from typing import Any

from django.db import migrations


def take_away(apps: Any, schema_editor: Any) -> None:
    """Only what was made by those migrations, and only while it is the only site."""
    Site = apps.get_model("wagtailcore", "Site")
    Page = apps.get_model("wagtailcore", "Page")
    welcome = Site.objects.filter(hostname="localhost", root_page__slug="home", root_page__depth=2).first()
    if welcome is None:
        return
    page_id = welcome.root_page_id
    welcome.delete()
    Page.objects.filter(pk=page_id).delete()
    Page.objects.filter(depth=1).update(numchild=Page.objects.filter(depth=2).count())


class Migration(migrations.Migration):
    dependencies = [("awareness", "0001_initial"), ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes")]
    operations = [migrations.RunPython(take_away, migrations.RunPython.noop)]
