"""The interface behind the editor's screens, narrowed to what is the person's own: Wagtail's lists every centre's."""

from typing import Any

from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from havn.awareness.editor.reach import files_in_reach, pictures_in_reach


class OwnPictures(ImagesAdminAPIViewSet):
    """Pictures of the person's own rooms."""

    def get_queryset(self) -> Any:
        """As Wagtail's, of one's own."""
        return super().get_queryset().filter(pk__in=pictures_in_reach(self.request.user).values("pk"))


class OwnFiles(DocumentsAdminAPIViewSet):
    """Files of the person's own rooms."""

    def get_queryset(self) -> Any:
        """As Wagtail's, of one's own."""
        return super().get_queryset().filter(pk__in=files_in_reach(self.request.user).values("pk"))


def narrow(router: Any) -> None:
    """Put both in the place of Wagtail's."""
    router.register_endpoint("images", OwnPictures)
    router.register_endpoint("documents", OwnFiles)
