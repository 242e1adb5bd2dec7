"""The addresses of vocabularies."""

from django.urls import path

from havn.vocabularies.views import desk_draft, desk_list, desk_lists, desk_mappings, desk_term

app_name = "vocabularies"

urlpatterns = [
    path("desk/lists", desk_lists.lists, name="lists"),
    path("desk/lists/<slug:dimension>", desk_list.one_list, name="list"),
    path("desk/lists/<slug:dimension>/begin", desk_list.begin, name="begin"),
    path("desk/lists/<slug:dimension>/take-back", desk_list.take_back, name="take_back"),
    path("desk/lists/<slug:dimension>/draft", desk_draft.draft, name="draft"),
    path("desk/lists/<slug:dimension>/draft/publish", desk_draft.publish, name="publish"),
    path("desk/lists/<slug:dimension>/draft/let-go", desk_draft.let_go, name="let_go"),
    path("desk/lists/<slug:dimension>/draft/move", desk_draft.move, name="move"),
    path("desk/lists/<slug:dimension>/draft/new", desk_term.new_term, name="new_term"),
    path("desk/lists/<slug:dimension>/draft/term/<slug:code>", desk_term.term, name="term"),
    path("desk/lists/<slug:dimension>/mappings", desk_mappings.mappings, name="mappings"),
]
