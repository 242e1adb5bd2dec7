"""What goes when, and holds. Included by the helpline's addresses."""

from django.urls import path

from havn.helpline.retention import views

urlpatterns = [
    path("desk/when", views.when, name="when"),
    path("desk/when/hold/<int:talk>", views.hold, name="hold"),
    path("desk/when/hold/<int:talk>/confirm", views.confirm, name="hold_confirm"),
    path("desk/when/hold/<int:talk>/release", views.release, name="hold_release"),
]
