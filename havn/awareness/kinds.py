"""The kinds of pages there are."""

from havn.awareness.models import EditorialPage, FrontPage


def page_models() -> list[type[EditorialPage]]:
    """Every kind of page but the fronts, whose words belong to the first page."""
    found: list[type[EditorialPage]] = []
    waiting: list[type[EditorialPage]] = [EditorialPage]
    while waiting:
        model = waiting.pop()
        waiting.extend(model.__subclasses__())
        if not model._meta.abstract and model is not FrontPage:
            found.append(model)
    return sorted(found, key=lambda model: model.__name__)
