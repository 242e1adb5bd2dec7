"""Opening a centre's tree of pages."""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from havn.accounts.models import Role
from havn.awareness.editor.groups import group_of
from havn.awareness.models import CentreSite, FrontPage
from havn.awareness.queries import fronts_of, locale_for
from havn.tenancy.models import Centre

PAGES = {Role.EDITOR: ("add", "change"), Role.PUBLISHER: ("add", "change", "publish", "lock", "unlock")}
# Wagtail asks for the permissions of its own models, whatever models stand in for them.
FILES = (
    ("wagtailimages", ("add_image", "choose_image", "change_image")),
    ("wagtaildocs", ("add_document", "choose_document", "change_document")),
)
ANYWHERE = (("wagtailadmin", "access_admin"), ("wagtail_localize", "submit_translation"))


@transaction.atomic
def open_site(centre: Centre) -> CentreSite:
    """Make what is missing of the centre's tree: a front a language, groups, review, a room for files.

    May run any number of times.
    """
    locale_for(settings.LANGUAGE_CODE)  # Wagtail's own root stands in it
    site = CentreSite.objects.select_related("site", "collection").filter(centre=centre).first()
    if site is None:
        front = _front(centre, centre.default_language)
        host = centre.hosts.order_by("pk").values_list("host", flat=True).first() or f"{centre.slug}.invalid"
        collection = _root_collection().add_child(name=centre.name)
        site = CentreSite.objects.create(
            centre=centre,
            site=Site.objects.create(hostname=host, port=80, site_name=centre.name, root_page=front),
            collection=collection,
        )
    there = set(fronts_of(centre).values_list("locale__language_code", flat=True))
    for language in centre.languages:
        if language not in there:
            first = fronts_of(centre).get(pk=site.site.root_page_id)
            copy = first.copy_for_translation(locale_for(language))
            copy.get_latest_revision().publish() if copy.get_latest_revision() else copy.save_revision().publish()
    _groups(centre, site)
    return site


def _front(centre: Centre, language: str) -> FrontPage:
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
    front = FrontPage(title=centre.name, slug=centre.slug, locale=locale_for(language), live=True)
    root.add_child(instance=front)
    return front


def _root_collection() -> Collection:
    return Collection.get_first_root_node() or Collection.add_root(name="Root")


def _groups(centre: Centre, site: CentreSite) -> None:
    for role, pages in PAGES.items():
        group = group_of(centre, role)
        for front in fronts_of(centre):
            for code in pages:
                GroupPagePermission.objects.get_or_create(group=group, page_id=front.pk, permission=_page_may(code))
        for app, codes in FILES:
            for may in Permission.objects.filter(content_type__app_label=app, codename__in=codes):
                GroupCollectionPermission.objects.get_or_create(group=group, collection=site.collection, permission=may)
        for app, code in ANYWHERE:
            group.permissions.add(*Permission.objects.filter(content_type__app_label=app, codename=code))
    _review(centre, group_of(centre, Role.PUBLISHER))


def _page_may(code: str) -> Permission:
    return Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{code}_page")


def _review(centre: Centre, publishers: Group) -> None:
    """An editor submits, a publisher approves."""
    name = f"Review: {centre.slug}"
    workflow, new = Workflow.objects.get_or_create(name=name)
    if new:
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.add(publishers)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for front in fronts_of(centre):
        WorkflowPage.objects.update_or_create(page_id=front.pk, defaults={"workflow": workflow})
