"""The app as Django sees it."""

from django.apps import AppConfig


class AwarenessConfig(AppConfig):
    name = "havn.awareness"
    label = "awareness"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save, pre_save
        from wagtail.contrib.redirects.models import Redirect
        from wagtail.models import Collection, Page, PageViewRestriction, Revision
        from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

        from havn.awareness import evidence, keeping, permissions, rounds_sources
        from havn.awareness.actions import parts, terms
        from havn.awareness.counting.uses import LEDGER
        from havn.awareness.editor import choices, reach, source_licence, translated
        from havn.awareness.menu import register_menu
        from havn.awareness.models import (
            Adaptation,
            CentreSite,
            PageTerm,
            Picture,
            ProfilePartPage,
            PublishedFile,
            ResourcePage,
        )
        from havn.awareness.models.base import register_filler
        from havn.awareness.reading.campaigns import campaign_context
        from havn.awareness.reading.centres import centres_door, profile_door
        from havn.awareness.reading.chains import chain_context
        from havn.awareness.reading.front import front_context
        from havn.awareness.reading.page_context import context_of
        from havn.awareness.reading.profiles import profile_context
        from havn.awareness.reading.readables import find, read
        from havn.awareness.reading.resources import resource_context
        from havn.awareness.reading.sourced import dated_context
        from havn.awareness.taking.linked_data import linked_data_context
        from havn.centres.readables import register_readables
        from havn.centres.registry import EntryPart, register_entry_part
        from havn.common.counting import register_taker
        from havn.common.page_cache import pages_change_with, pages_changed

        page_published.connect(terms.on_published)
        page_unpublished.connect(terms.on_unpublished)
        post_save.connect(parts.on_saved, sender=ProfilePartPage)
        # The network's portal is about its centres first; a centre's own page about help first, itself last.
        register_entry_part(EntryPart(45, "awareness/profile_door.html", centres_door))
        register_entry_part(EntryPart(50, "awareness/front_doors.html", front_context))
        register_entry_part(EntryPart(55, "awareness/profile_door.html", profile_door))
        for fill in (context_of, campaign_context, dated_context, profile_context, resource_context):
            register_filler(fill)
        for fill in (linked_data_context, chain_context):
            register_filler(fill)
        permissions.register()
        pre_save.connect(source_licence.on_saving_page, sender=ResourcePage)
        pre_save.connect(source_licence.on_saving_revision, sender=Revision)
        choices.register_rule(reach.may_choose)
        post_delete.connect(translated.on_page_deleted, sender=Page)
        register_menu()
        keeping.register()
        rounds_sources.register()
        evidence.register()
        register_taker(LEDGER.take)
        register_readables(find, read)
        # Saving a page is no sign: drafts are saved all the time.
        for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
            signal.connect(pages_changed)
        post_delete.connect(pages_changed, sender=Page)
        pages_change_with([Adaptation])
        pages_change_with([PageViewRestriction, Redirect, Collection, CentreSite, PageTerm, Picture, PublishedFile])
